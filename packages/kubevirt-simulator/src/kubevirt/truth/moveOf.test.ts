import { moveOf } from './moveOf';
import type { LegTruth } from './types';

const TIME = '2026-03-04T10:00:00.000Z';
const LATER = '2026-03-04T10:00:01.000Z';

function leg(change: Partial<LegTruth>): LegTruth {
  return {
    cluster: 'cluster-a',
    uid: 'source-uid',
    name: 'move',
    namespace: 'shop',
    instanceName: 'web-1',
    role: 'source',
    migrationID: 'id',
    outcome: 'succeeded',
    phases: [],
    createdAt: TIME,
    endedAt: TIME,
    deleted: false,
    ...change,
  };
}

const TARGET = {
  role: 'target',
  uid: 'target-uid',
  cluster: 'cluster-b',
} as const;

describe('moveOf', () => {
  it('takes the outcome of the target', () => {
    const source = leg({ outcome: 'failed' });
    const target = leg({ ...TARGET, outcome: 'succeeded' });
    expect(moveOf(source, target)).toMatchObject({
      outcome: 'succeeded',
      uids: ['source-uid', 'target-uid'],
      disagreement: { source: 'failed', target: 'succeeded' },
    });
  });

  it('calls it cancelled when either half was, but not by clearing up', () => {
    const failed = leg({ ...TARGET, outcome: 'failed', endedAt: LATER });
    const cancelled = (endedAt: string) =>
      leg({ outcome: 'cancelled', endedAt });
    expect(moveOf(cancelled(TIME), failed).outcome).toBe('cancelled');
    const after = '2026-03-04T10:00:04.000Z';
    expect(moveOf(failed, cancelled(after)).outcome).toBe('failed');
  });

  it('takes the reason of the half that failed first', () => {
    const source = leg({ outcome: 'failed', failureReason: 'broken pipe' });
    const target = leg({
      ...TARGET,
      outcome: 'failed',
      endedAt: LATER,
      failureReason: 'Target pod is down',
    });
    expect(moveOf(target, source).failureReason).toBe('broken pipe');
    const silent = leg({ ...TARGET, outcome: 'failed' });
    const cleared = leg({
      outcome: 'cancelled',
      endedAt: LATER,
      failureReason: 'aborted',
    });
    expect(moveOf(silent, cleared).failureReason).toBeUndefined();
  });

  it('is between clusters, or namespaces of one, even while half is unseen', () => {
    expect(moveOf(leg({})).kind).toBe('cross-cluster');
    expect(moveOf(leg({}), leg(TARGET)).kind).toBe('cross-cluster');
    expect(moveOf(leg({}), leg({ ...TARGET, cluster: 'cluster-a' })).kind).toBe(
      'cross-namespace',
    );
    expect(moveOf(leg({ role: 'local' })).kind).toBe('in-cluster');
  });
});
