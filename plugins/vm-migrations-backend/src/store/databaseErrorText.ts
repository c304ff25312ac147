import { stringifyError } from '@backstage/errors';

/** Enough for what a database says; with a constraint it may quote a row. */
const MAX_LENGTH = 500;

/**
 * What the database said, for a log. Knex puts the whole statement in front of it, and a
 * statement of the write path carries the rows of a batch.
 */
export function databaseErrorText(error: unknown): string {
  const text = stringifyError(error);
  const said = text.slice(text.lastIndexOf(' - ') + 1).replace(/^- /, '');
  return said.length > MAX_LENGTH ? `${said.slice(0, MAX_LENGTH)}…` : said;
}
