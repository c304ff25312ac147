import type { Migration } from 'backstage-plugin-vm-migrations-common';
import type { Translate } from '../translations';
import type { EpochMs, Milliseconds } from './units';

/** How long a move took, takes so far, or must have taken. */
export type MigrationDuration =
  | { type: 'ended'; ms: Milliseconds }
  | { type: 'running'; ms: Milliseconds }
  | { type: 'between'; fromMs: Milliseconds; toMs: Milliseconds }
  | { type: 'unknown' };

/**
 * From creation to end, or to now while it goes on. A browser whose clock is behind the
 * server's sees 0 rather than a negative duration. A move that ended unseen has two
 * bounds.
 */
export function durationOf(
  migration: Pick<
    Migration,
    'createdAt' | 'durationMs' | 'endedBetween' | 'outcome'
  >,
  now: EpochMs,
): MigrationDuration {
  const created = Date.parse(migration.createdAt);
  if (migration.durationMs !== undefined) {
    return { type: 'ended', ms: migration.durationMs };
  }
  if (migration.outcome === 'active') {
    return { type: 'running', ms: Math.max(0, now - created) };
  }
  if (migration.endedBetween) {
    const { after, before } = migration.endedBetween;
    const toMs = Math.max(0, Date.parse(before) - created);
    const fromMs = after ? Math.max(0, Date.parse(after) - created) : 0;
    return { type: 'between', fromMs: Math.min(fromMs, toMs), toMs };
  }
  return { type: 'unknown' };
}

const SECOND = 1000;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * A duration in its two largest units: `31 s`, `4 min 03 s`, `1 h 25 min`, `2 d 3 h`.
 * Rounded down, so that a running one never shows a second that has not passed.
 */
export function formatDuration(ms: Milliseconds, t: Translate): string {
  const seconds = Math.floor(Math.max(0, ms) / SECOND);
  if (seconds < 1) {
    return t('duration.underOneSecond');
  }
  if (seconds < MINUTE) {
    return t('duration.seconds', { seconds: String(seconds) });
  }
  if (seconds < HOUR) {
    return t('duration.minutes', {
      minutes: String(Math.floor(seconds / MINUTE)),
      seconds: twoDigits(seconds % MINUTE),
    });
  }
  if (seconds < DAY) {
    return t('duration.hours', {
      hours: String(Math.floor(seconds / HOUR)),
      minutes: twoDigits(Math.floor((seconds % HOUR) / MINUTE)),
    });
  }
  return t('duration.days', {
    days: String(Math.floor(seconds / DAY)),
    hours: String(Math.floor((seconds % DAY) / HOUR)),
  });
}

/** A {@link MigrationDuration} as text. */
export function durationText(
  duration: MigrationDuration,
  t: Translate,
): string {
  switch (duration.type) {
    case 'ended':
    case 'running':
      return formatDuration(duration.ms, t);
    case 'between':
      return rangeText(duration.fromMs, duration.toMs, t);
    default:
      return t('duration.unknown');
  }
}

/** `2 to 31 min`: what is uncertain by minutes is not told to the second. */
function rangeText(
  fromMs: Milliseconds,
  toMs: Milliseconds,
  t: Translate,
): string {
  const to = Math.ceil(toMs / SECOND / MINUTE);
  return to < 60
    ? t('duration.rangeOfMinutes', {
        from: String(Math.floor(fromMs / SECOND / MINUTE)),
        to: String(to),
      })
    : t('duration.range', {
        from: formatDuration(fromMs, t),
        to: formatDuration(toMs, t),
      });
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
