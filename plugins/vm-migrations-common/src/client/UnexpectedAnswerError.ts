import { CustomErrorBase, isErrorWithName } from '@backstage/errors';

/**
 * The API answered with success, but not with what it promises: another version of the
 * backend, or something in between that answers in its place.
 *
 * @public
 */
export class UnexpectedAnswerError extends CustomErrorBase {
  static is(value: unknown): value is UnexpectedAnswerError {
    return isErrorWithName(value, 'UnexpectedAnswerError');
  }

  name = 'UnexpectedAnswerError' as const;
}
