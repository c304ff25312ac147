import { InputError } from '@backstage/errors';
import type { FeedHead } from '../changeFeed';

/** A place in the change feed as clients hold it. */
export function formatPosition({ id, position }: FeedHead): string {
  return `${id}.${position}`;
}

/**
 * The number in a client's position; undefined when it is of another feed, or ahead of this
 * one because the database was put back to an older state.
 *
 * @throws InputError if it is no position at all
 */
export function parsePosition(
  text: string,
  head: FeedHead,
): number | undefined {
  const [, id, digits] = /^([0-9a-f-]{36})\.(\d{1,16})$/.exec(text) ?? [];
  if (id === undefined) {
    throw new InputError(
      `Parameter 'since' must be a position that a list or an earlier page of changes gave, not '${text}'`,
    );
  }
  const position = Number(digits);
  return id === head.id && position <= head.position ? position : undefined;
}
