import type { Cluster, Migration } from 'backstage-plugin-vm-migrations-common';
import type { TimeFormats } from './time';
import type { Translate } from '../translations';

/**
 * What stands under a state: why a move did not succeed, when one that ended unseen must
 * have ended, or why nothing is known of one that goes on. `undefined` where there is
 * nothing to add.
 */
export function stateNote(
  migration: Migration,
  blind: Cluster | undefined,
  t: Translate,
  formats: TimeFormats,
): string | undefined {
  switch (migration.outcome) {
    case 'active':
      return blind && blindNote(blind, t, formats);
    case 'failed':
    case 'timed-out':
      return migration.failure?.message ?? t('reason.none');
    case 'unknown':
      return endedUnseen(migration, t, formats);
    default:
      return undefined;
  }
}

function blindNote(
  { name, title, blindSince }: Cluster,
  t: Translate,
  formats: TimeFormats,
): string {
  const cluster = title ?? name;
  return blindSince === undefined
    ? t('reason.blind', { cluster })
    : t('reason.blindSince', {
        cluster,
        since: formats.shortClock(Date.parse(blindSince)),
      });
}

function endedUnseen(
  { endedBetween, createdAt }: Migration,
  t: Translate,
  formats: TimeFormats,
): string {
  if (!endedBetween) {
    return t('reason.endedUnseen');
  }
  const before = Date.parse(endedBetween.before);
  const after = Date.parse(endedBetween.after ?? createdAt);
  return t('reason.endedUnseenBetween', {
    after: shortTime(after, before, formats),
    before: formats.shortClock(before),
  });
}

/** The day is said only where the other end is on another one. */
function shortTime(at: number, other: number, formats: TimeFormats): string {
  return new Date(at).toDateString() === new Date(other).toDateString()
    ? formats.shortClock(at)
    : formats.date(at, other);
}
