import { phasesOf, recordOf, startMove } from '../__testUtils__/history';

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
