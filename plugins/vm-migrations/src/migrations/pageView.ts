import type { Problem } from '../api';

/** How far one of the two halves of the page has come. */
export type Part =
  | { state: 'loading' }
  | { state: 'ready'; total: number }
  | { state: 'failed'; problem: Problem };

/** What the page shows in the place of the table. */
export type PageView =
  | { type: 'bad-filter' }
  | { type: 'loading' }
  | { type: 'problem'; problem: Problem }
  | { type: 'empty' }
  | { type: 'empty-by-filter' }
  | { type: 'groups' };

/**
 * The states of the page. Moves under way and ended ones come by different ways, and one
 * of them is shown without the other; only when neither can be, the page has failed.
 */
export function pageView(options: {
  filter: 'none' | 'set' | 'unreadable';
  active: Part;
  ended: Part;
}): PageView {
  const { filter, active, ended } = options;
  if (filter === 'unreadable') {
    return { type: 'bad-filter' };
  }
  const problems = [ended, active].flatMap(part =>
    part.state === 'failed' ? [part.problem] : [],
  );
  const forbidden = problems.find(problem => problem.type === 'forbidden');
  if (forbidden || problems.length === 2) {
    return { type: 'problem', problem: forbidden ?? problems[0] };
  }
  if (active.state === 'loading' || ended.state === 'loading') {
    return { type: 'loading' };
  }
  const total = totalOf(active) + totalOf(ended);
  if (total > 0 || problems.length > 0) {
    return { type: 'groups' };
  }
  return { type: filter === 'set' ? 'empty-by-filter' : 'empty' };
}

function totalOf(part: Part): number {
  return part.state === 'ready' ? part.total : 0;
}
