import type { Problem } from '../api';
import type { Translate } from '../translations';

/** What went wrong, in a sentence. */
export function problemText(problem: Problem, t: Translate): string {
  switch (problem.type) {
    case 'forbidden':
      return t('state.errorForbidden');
    case 'answer':
      return t('state.errorAnswer', { status: String(problem.status) });
    case 'unexpected':
      return t('state.errorUnexpected');
    default:
      return t('state.errorUnreachable');
  }
}
