import type { Problem } from '../api';
import { pageView, type Part } from './pageView';

const LOADING: Part = { state: 'loading' };
const NONE: Part = { state: 'ready', total: 0 };
const SOME: Part = { state: 'ready', total: 3 };

function failed(problem: Problem): Part {
  return { state: 'failed', problem };
}

const DOWN: Problem = { type: 'unreachable', message: 'refused' };
const BROKEN: Problem = { type: 'answer', status: 502, message: 'bad' };
const FORBIDDEN: Problem = { type: 'forbidden', message: 'no' };

describe('pageView', () => {
  it.each([
    ['unreadable', SOME, SOME, 'bad-filter'],
    ['none', LOADING, LOADING, 'loading'],
    ['none', SOME, LOADING, 'loading'],
    ['none', LOADING, failed(DOWN), 'loading'],
    ['none', NONE, NONE, 'empty'],
    ['set', NONE, NONE, 'empty-by-filter'],
    ['set', SOME, NONE, 'groups'],
    ['none', NONE, SOME, 'groups'],
    ['none', SOME, failed(DOWN), 'groups'],
    ['none', NONE, failed(DOWN), 'groups'],
    ['none', failed(DOWN), SOME, 'groups'],
  ] as const)(
    'with filter %s, active %p and ended %p is %s',
    (filter, active, ended, type) => {
      expect(pageView({ filter, active, ended }).type).toBe(type);
    },
  );

  it('has failed only when neither half could be loaded', () => {
    expect(
      pageView({ filter: 'none', active: failed(DOWN), ended: failed(BROKEN) }),
    ).toEqual({ type: 'problem', problem: BROKEN });
  });

  it('is forbidden as soon as one half is', () => {
    expect(
      pageView({ filter: 'none', active: failed(FORBIDDEN), ended: LOADING }),
    ).toEqual({ type: 'problem', problem: FORBIDDEN });
  });
});
