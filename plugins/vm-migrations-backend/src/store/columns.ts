/**
 * What stands in a column for a time or duration that is not known (yet): later than every
 * known one, so that `order by` puts what has not ended behind, or before, everything that has.
 */
export const NOT_KNOWN = Number.MAX_SAFE_INTEGER;

/** PostgreSQL refuses index entries over 2704 bytes; 400 characters are 1600 at most. */
const MAX_INDEXED_LENGTH = 400;

/**
 * A name as a column holds it: '' when it is not known. Names in a real cluster are at most
 * 253 characters; what is longer, or holds NUL, which PostgreSQL cannot store, must not
 * keep a whole batch from being written.
 */
export function nameColumn(name: string | undefined): string {
  return withoutNul(name ?? '').slice(0, MAX_INDEXED_LENGTH);
}

/** A time as a column holds it: milliseconds since 1970. */
export function timeColumn(time: string | undefined): number {
  return time === undefined ? NOT_KNOWN : Date.parse(time);
}

/** The ISO time in a column, given as number (SQLite) or text (PostgreSQL's bigint). */
export function isoTimeOf(column: number | string): string {
  return new Date(Number(column)).toISOString();
}

/** Between the texts of a search column, so that no text is found across two of them. */
const SEPARATOR = '\u001f';

/** Lower-case texts in which free text is looked for. */
export function searchColumn(texts: readonly (string | undefined)[]): string {
  return withoutNul(
    [...new Set(texts)]
      .filter(text => text !== undefined)
      .join(SEPARATOR)
      .toLowerCase(),
  );
}

function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '');
}

/**
 * The value of a JSON column. Only this store writes those, from values that were checked
 * when they came in.
 */
export function parseJson<Value>(text: string): Value {
  return JSON.parse(text);
}
