import {
  ABORT_MESSAGE,
  History,
  phasesOf,
  recordOf,
  type HistoryInstance,
  type HistoryMigration,
  type MigrationOptions,
} from '../__testUtils__/history';

/** A VM on node-1 of one cluster and one migration of it. */
function startMove(options?: MigrationOptions) {
  const history = new History();
  const cluster = history.cluster('alpha');
  const instance = cluster.instance();
  const migration = cluster.migration(instance, options);
  return { history, cluster, instance, migration };
}

const UP_TO_RUNNING = [
  'Pending',
  'Scheduling',
  'Scheduled',
  'PreparingTarget',
  'TargetReady',
  'Running',
];

describe('a move within one cluster', () => {
  it('succeeds with nodes, times and phases', () => {
    const { history, migration } = startMove();
    history.wait(2);
    migration.runUpTo('Running');
    history.wait(30);
    migration.completeOnInstance();
    migration.end('Succeeded');

    expect(recordOf(history, migration)).toMatchObject({
      id: migration.uid,
      vm: { name: 'web', namespace: 'shop' },
      kind: 'in-cluster',
      phase: 'Succeeded',
      outcome: 'succeeded',
      source: { cluster: 'alpha', node: 'node-1', pod: 'pod-on-node-1' },
      target: { cluster: 'alpha', node: 'node-2', pod: 'pod-on-node-2' },
      mode: 'PreCopy',
      createdAt: '2026-03-04T10:00:00.000Z',
      startedAt: '2026-03-04T10:00:02.000Z',
      endedAt: '2026-03-04T10:00:32.000Z',
      durationMs: 32_000,
      failure: undefined,
    });
    expect(phasesOf(recordOf(history, migration))).toEqual([
      ...UP_TO_RUNNING,
      'Succeeded',
    ]);
  });

  it('is active, with both nodes, while its object shows neither', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Running');

    expect(recordOf(history, migration)).toMatchObject({
      phase: 'Running',
      outcome: 'active',
      source: { node: 'node-1' },
      target: { node: 'node-2' },
      endedAt: undefined,
      durationMs: undefined,
    });
  });

  it('names the node of its instance before the hand-over, and no target', () => {
    const { history, instance, migration } = startMove();
    migration.runUpTo('Scheduled');

    expect(recordOf(history, migration)).toMatchObject({
      vm: { uid: instance.vmUid },
      source: { cluster: 'alpha', node: 'node-1' },
      target: { cluster: 'alpha', node: undefined },
    });
  });

  it('stays active although the guest has moved, while a hotplug settles', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Running');
    migration.completeOnInstance();

    expect(recordOf(history, migration)).toMatchObject({
      phase: 'Running',
      outcome: 'active',
    });
  });

  it('fails with the text of the source node', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Running');
    migration.failOnInstance({ failureReason: 'Broken pipe' });
    migration.end('Failed');

    expect(recordOf(history, migration)).toMatchObject({
      phase: 'Failed',
      outcome: 'failed',
      failure: { leg: migration.uid, message: 'Broken pipe' },
    });
  });

  it('moves on to post-copy and keeps that mode', () => {
    const { history, instance, migration } = startMove();
    migration.runUpTo('Running');
    instance.updateState({ mode: 'PostCopy' });
    migration.completeOnInstance();
    migration.end('Succeeded');

    expect(recordOf(history, migration)).toMatchObject({
      mode: 'PostCopy',
      outcome: 'succeeded',
    });
  });

  it('is an in-cluster move also when it moves volumes', () => {
    const { history, migration } = startMove({
      annotations: { 'kubevirt.io/workloadUpdateMigration': '' },
      labels: { 'kubevirt.io/volume-update-migration': 'web' },
    });
    migration.runUpTo('Running');
    migration.completeOnInstance();
    migration.end('Succeeded');

    expect(recordOf(history, migration)).toMatchObject({
      kind: 'in-cluster',
      outcome: 'succeeded',
      labels: { 'kubevirt.io/volume-update-migration': 'web' },
    });
  });

  it('counts as local with both sendTo and receive', () => {
    const { history, migration } = startMove({ sendTo: 'id', receive: 'id' });
    migration.runUpTo('Running');

    expect(recordOf(history, migration)).toMatchObject({
      kind: 'in-cluster',
      migrationID: undefined,
      source: { cluster: 'alpha' },
      target: { cluster: 'alpha' },
    });
  });
});

describe('a failure before the hand-over', () => {
  it.each([
    ['target pod never became ready', 'Scheduling' as const],
    ['target pod could not be scheduled', 'Scheduling' as const],
    ['target pod was removed', 'Scheduled' as const],
    ['utility volumes stayed attached', 'Pending' as const],
  ])('has no text: %s', (_, lastPhase) => {
    const { history, migration } = startMove();
    migration.runUpTo(lastPhase);
    history.wait(300);
    migration.enter('Failed');
    migration.copyState();

    const record = recordOf(history, migration);
    expect(record).toMatchObject({
      phase: 'Failed',
      outcome: 'failed',
      source: { cluster: 'alpha', node: 'node-1' },
      target: { cluster: 'alpha', node: undefined },
      failure: { leg: migration.uid, message: undefined },
      durationMs: 300_000,
    });
    expect(phasesOf(record).at(-1)).toBe('Failed');
  });

  it('comes at once when another migration of the VM is under way', () => {
    const { history, cluster, instance, migration } = startMove();
    migration.runUpTo('Running');
    const refused = cluster.migration(instance);
    refused.enter('Failed');

    const record = recordOf(history, refused);
    expect(record).toMatchObject({ phase: 'Failed', outcome: 'failed' });
    expect(phasesOf(record)).toEqual(['Failed']);
    expect(recordOf(history, migration)).toMatchObject({ outcome: 'active' });
  });

  it('is none while a quota refuses the target pod', () => {
    const { history, migration } = startMove();
    migration.enter('Pending');
    migration.setCondition('migrationRejectedByResourceQuota');

    expect(recordOf(history, migration)).toMatchObject({
      phase: 'Pending',
      outcome: 'active',
      legs: [{ conditions: [{ type: 'migrationRejectedByResourceQuota' }] }],
    });

    migration.enter('Scheduling');
    migration.removeCondition('migrationRejectedByResourceQuota');
    expect(recordOf(history, migration).legs[0].conditions).toEqual([]);
  });

  it('is one attempt of a drain; the next one is a move of its own', () => {
    const drain = { 'kubevirt.io/evacuationMigration': 'node-1' };
    const { history, cluster, instance, migration } = startMove({
      annotations: drain,
    });
    migration.runUpTo('Scheduling');
    migration.enter('Failed');
    history.wait(1);
    const second = cluster.migration(instance, { annotations: drain });
    second.enter('Pending');
    history.wait(20);
    second.runUpTo('Running');
    second.completeOnInstance();
    second.end('Succeeded');

    expect(recordOf(history, migration)).toMatchObject({
      outcome: 'failed',
      source: { node: 'node-1' },
      target: { node: undefined },
    });
    expect(recordOf(history, second)).toMatchObject({
      outcome: 'succeeded',
      source: { node: 'node-1' },
      target: { node: 'node-2' },
    });
  });
});

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
    migration.failOnInstance({
      abortStatus: 'Succeeded',
      failureReason: ABORT_MESSAGE,
    });
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
    migration.failOnInstance({
      abortStatus: 'Succeeded',
      failureReason: ABORT_MESSAGE,
    });
    migration.end('Failed');
  }
});

describe('an end by KubeVirt itself', () => {
  it('is a time-out when it aborts a move that nobody cancelled', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Running');
    migration.failOnInstance({
      abortStatus: 'Succeeded',
      failureReason: ABORT_MESSAGE,
    });
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
