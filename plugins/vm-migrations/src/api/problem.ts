import { isError, ResponseError } from '@backstage/errors';
import { UnexpectedAnswerError } from 'backstage-plugin-vm-migrations-common';

/**
 * Why something could not be loaded, as far as it makes a difference to the reader:
 *
 * - `forbidden`: the account may not see it
 * - `answer`: the server refused or failed
 * - `unexpected`: it answered, but not as promised
 * - `unreachable`: there was no answer
 */
export type Problem = { message: string } & (
  | { type: 'forbidden' }
  | { type: 'answer'; status: number }
  | { type: 'unexpected' }
  | { type: 'unreachable' }
);

/** What an error of the API means. */
export function problemOf(error: unknown): Problem {
  const message = isError(error) ? error.message : String(error);
  if (ResponseError.is(error)) {
    const status = error.response.status;
    return status === 403
      ? { type: 'forbidden', message }
      : { type: 'answer', status, message };
  }
  return UnexpectedAnswerError.is(error)
    ? { type: 'unexpected', message }
    : { type: 'unreachable', message };
}
