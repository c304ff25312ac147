import {
  ABORT_MESSAGE,
  ABORTED,
  phasesOf,
  recordOf,
  startMove,
  type HistoryInstance,
  type HistoryMigration,
} from '../__testUtils__/history';

const UP_TO_RUNNING = [
  'Pending',
  'Scheduling',
  'Scheduled',
  'PreparingTarget',
  'TargetReady',
  'Running',
];

describe('a cancel', () => {
  it.each(['Pending', 'Scheduling', 'Scheduled'] as const)(
    'in %s ends it without any abort field',
    phase => {
      const { history, migration } = startMove();
      migration.runUpTo(phase);
      migration.cancelBeforeHandOver();

      const record = recordOf(history, migration);
      expect(record).toMatchObject({
        phase: 'Failed',
        outcome: 'cancelled',
        source: { node: 'node-1' },
        target: { node: undefined },
        failure: { message: undefined },
        legs: [{ deleted: true }],
      });
      expect(phasesOf(record).at(-1)).toBe('Failed');
    },
  );

  it('is no result as long as the move goes on', () => {
    const { history, migration } = startMove();
    migration.runUpTo('PreparingTarget');
    migration.requestDeletion();
    migration.acknowledgeAbort();

    expect(recordOf(history, migration)).toMatchObject({
      phase: 'PreparingTarget',
      outcome: 'active',
    });
  });

  it('in PreparingTarget is carried out once the move runs', () => {
    const { history, instance, migration } = startMove();
    migration.runUpTo('PreparingTarget');
    migration.requestDeletion();
    migration.acknowledgeAbort();
    migration.enter('TargetReady');
    instance.updateState({ startTimestamp: '2026-03-04T10:00:05Z' });
    migration.enter('Running');
    abort(instance, migration);

    expect(recordOf(history, migration)).toMatchObject({
      phase: 'Failed',
      outcome: 'cancelled',
      failure: { message: ABORT_MESSAGE },
    });
  });

  it('in PreparingTarget is not the reason when the target pod goes down first', () => {
    const { history, migration } = startMove();
    migration.runUpTo('PreparingTarget');
    migration.requestDeletion();
    migration.acknowledgeAbort();
    migration.failOnInstance({ failureReason: 'Target pod is down' });
    migration.end('Failed');

    expect(recordOf(history, migration)).toMatchObject({
      outcome: 'failed',
      failure: { message: 'Target pod is down' },
    });
  });

  it.each([
    ['the condition', true],
    ['the abort on the instance', false],
  ])('in Running ends it, whichever is seen first: %s', (_, conditionFirst) => {
    const { history, instance, migration } = startMove();
    migration.runUpTo('Running');
    history.wait(10);
    migration.requestDeletion();
    if (conditionFirst) {
      migration.acknowledgeAbort();
      instance.updateState({ abortRequested: true });
    } else {
      instance.updateState({ abortRequested: true });
      migration.acknowledgeAbort();
    }
    history.wait(2);
    migration.failOnInstance(ABORTED);
    migration.end('Failed');

    const record = recordOf(history, migration);
    expect(record).toMatchObject({
      phase: 'Failed',
      outcome: 'cancelled',
      source: { node: 'node-1' },
      target: { node: 'node-2' },
      failure: { message: ABORT_MESSAGE },
      durationMs: 12_000,
    });
    expect(phasesOf(record)).toEqual([...UP_TO_RUNNING, 'Failed']);
  });

  it('is told before the state of the instance is copied or seen', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Running');
    migration.requestDeletion();
    migration.acknowledgeAbort();
    migration.enter('Failed');

    expect(recordOf(history, migration).outcome).toBe('cancelled');
  });

  it('that comes too late leaves the move succeeded', () => {
    const { history, instance, migration } = startMove();
    migration.runUpTo('Running');
    migration.requestDeletion();
    migration.acknowledgeAbort();
    instance.updateState({ abortRequested: true });
    migration.completeOnInstance();
    migration.end('Succeeded');

    expect(recordOf(history, migration)).toMatchObject({
      phase: 'Succeeded',
      outcome: 'succeeded',
      failure: undefined,
      legs: [{ deleted: true }],
    });
  });

  function abort(instance: HistoryInstance, migration: HistoryMigration) {
    instance.updateState({ abortRequested: true });
    migration.failOnInstance(ABORTED);
    migration.end('Failed');
  }
});

describe('an end by KubeVirt itself', () => {
  it('is a time-out when it aborts a move that nobody cancelled', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Running');
    migration.failOnInstance(ABORTED);
    migration.end('Failed');

    expect(recordOf(history, migration)).toMatchObject({
      outcome: 'timed-out',
      failure: { message: ABORT_MESSAGE },
    });
  });

  it('is a time-out also when the object is cleaned up in the same second', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Running');
    migration.failOnInstance({ abortStatus: 'Succeeded' });
    migration.enter('Failed');
    migration.copyState();
    migration.requestDeletion();
    migration.vanish();

    expect(recordOf(history, migration).outcome).toBe('timed-out');
  });

  it('is a failure when the instance is deleted while it runs', () => {
    const { history, instance, migration } = startMove();
    migration.runUpTo('Running');
    instance.update({ phase: 'Failed' });
    migration.enter('Failed');
    migration.copyState();
    migration.requestDeletion();
    instance.delete();
    migration.vanish();

    const record = recordOf(history, migration);
    expect(record).toMatchObject({
      phase: 'Failed',
      outcome: 'failed',
      source: { node: 'node-1' },
      target: { node: 'node-2' },
      failure: { message: undefined },
    });
    expect(phasesOf(record)).toEqual([...UP_TO_RUNNING, 'Failed']);
  });

  it('is a failure when the instance is deleted while it is Pending', () => {
    const { history, instance, migration } = startMove();
    migration.runUpTo('Pending');
    instance.update({ phase: 'Succeeded' });
    migration.enter('Failed');
    instance.delete();
    migration.requestDeletion();
    migration.vanish();

    expect(recordOf(history, migration)).toMatchObject({
      outcome: 'failed',
      source: { node: 'node-1' },
    });
  });

  it('is a failure when an instance that was gone comes back without its state', () => {
    const { history, cluster, instance, migration } = startMove();
    migration.runUpTo('Running');
    instance.delete();
    migration.requestDeletion();
    cluster.instance({ node: 'node-3' });
    migration.enter('Failed');
    migration.vanish();

    expect(recordOf(history, migration)).toMatchObject({
      outcome: 'failed',
      source: { node: 'node-1' },
    });
  });

  it('is a failure when another migration takes the state over', () => {
    const { history, cluster, instance, migration } = startMove();
    migration.runUpTo('Running');
    const other = cluster.migration(instance);
    other.handOver('node-7');
    migration.enter('Failed');
    migration.copyState();

    expect(recordOf(history, migration)).toMatchObject({
      outcome: 'failed',
      source: { node: 'node-1' },
      target: { node: 'node-2' },
      failure: { message: undefined },
    });
  });

  it.each([
    ['Succeeded', 'succeeded'],
    ['Failed', 'failed'],
  ] as const)('may jump to %s after a recovery job', (phase, outcome) => {
    const { history, migration } = startMove();
    migration.runUpTo('PreparingTarget');
    migration.enter(phase);

    const record = recordOf(history, migration);
    expect(record).toMatchObject({ phase, outcome });
    expect(phasesOf(record)).toEqual([
      'Pending',
      'Scheduling',
      'Scheduled',
      'PreparingTarget',
      phase,
    ]);
  });

  it('has no duration below zero when it starts and ends at once, or ends first', () => {
    const { history, migration } = startMove();
    history.wait(60);
    migration.runUpTo('PreparingTarget');
    migration.failOnInstance({
      startTimestamp: '2026-03-04T09:59:58Z',
      endTimestamp: '2026-03-04T09:59:57Z',
      failureReason: 'Target pod is down',
    });
    migration.end('Failed');

    expect(recordOf(history, migration)).toMatchObject({
      outcome: 'failed',
      startedAt: '2026-03-04T09:59:58.000Z',
      endedAt: '2026-03-04T09:59:57.000Z',
      durationMs: 0,
    });
  });
});
