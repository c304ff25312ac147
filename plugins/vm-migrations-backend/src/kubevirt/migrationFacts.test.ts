import { observe } from './observe';
import { MIGRATIONS } from './resources';
import type { LegFacts } from './types';

interface ObjectParts {
  metadata?: Record<string, unknown>;
  spec?: unknown;
  status?: unknown;
}

/** Facts of a migration object with some of its parts. */
function factsOf({ metadata, spec, status }: ObjectParts = {}): LegFacts {
  const observation = observe(
    {
      metadata: {
        name: 'move',
        namespace: 'shop',
        uid: 'uid-1',
        resourceVersion: '7',
        ...metadata,
      },
      spec: spec ?? { vmiName: 'web' },
      status,
    },
    {
      cluster: 'alpha',
      resource: MIGRATIONS,
      type: 'MODIFIED',
      observedAt: '2026-03-04T10:00:00.000Z',
    },
  );
  if (observation.kind !== 'migration') {
    throw new Error(`Expected a migration, not ${observation.kind}`);
  }
  return observation.facts;
}

const transitionsTo = (...phases: [string, string][]) =>
  phases.map(([phase, time]) => ({
    phase,
    phaseTransitionTimestamp: `2026-03-04T${time}Z`,
  }));

describe('the role of a migration', () => {
  const sendTo = { migrationID: 'id', connectURL: 'peer:9185' };
  const receive = { migrationID: 'id' };

  it.each([
    ['local', {}, undefined, undefined],
    ['source', { sendTo }, 'id', 'peer:9185'],
    ['target', { receive }, 'id', undefined],
    ['local', { sendTo, receive }, undefined, undefined],
    ['local', { sendTo: null, receive: 'x' }, undefined, undefined],
    ['source', { sendTo: {} }, undefined, undefined],
    ['target', { receive: { migrationID: 7 } }, undefined, undefined],
  ])('is %s with %j', (role, spec, migrationID, sendToUrl) => {
    expect(factsOf({ spec: { vmiName: 'web', ...spec } })).toMatchObject({
      role,
      migrationID,
      sendToUrl,
    });
  });
});

describe('the first events of a migration', () => {
  it('have no status, which is the phase before the first', () => {
    expect(factsOf()).toEqual({
      name: 'move',
      namespace: 'shop',
      vmiName: 'web',
      role: 'local',
      labels: {},
      phase: '',
      conditions: [],
    });
  });
});

describe('what a migration says while it runs', () => {
  it('is no node, only its source pod', () => {
    const facts = factsOf({
      status: { phase: 'Running', migrationState: { sourcePod: 'pod-1' } },
    });
    expect(facts).toMatchObject({ phase: 'Running', sourcePod: 'pod-1' });
    expect(facts.sourceNode).toBeUndefined();
    expect(facts.targetNode).toBeUndefined();
  });

  it('is the wrong source pod on the receiving side, so none', () => {
    const facts = factsOf({
      spec: { vmiName: 'web', receive: { migrationID: 'id' } },
      status: { phase: 'Running', migrationState: { sourcePod: 'own-pod' } },
    });
    expect(facts.sourcePod).toBeUndefined();
  });
});

describe('the copied state', () => {
  it('is read in full', () => {
    expect(
      factsOf({
        status: {
          phase: 'Failed',
          migrationState: {
            migrationUid: 'uid-1',
            sourceNode: 'node-1',
            sourcePod: 'pod-1',
            targetNode: 'node-2',
            targetPod: 'pod-2',
            startTimestamp: '2026-03-04T10:00:00Z',
            endTimestamp: '2026-03-04T10:00:30Z',
            completed: true,
            failed: true,
            failureReason: 'Broken pipe',
            abortRequested: true,
            abortStatus: 'Succeeded',
            mode: 'PostCopy',
            migrationPolicyName: 'night',
            migrationConfiguration: { bandwidthPerMigration: '64Mi' },
          },
        },
      }),
    ).toMatchObject({
      sourceNode: 'node-1',
      sourcePod: 'pod-1',
      targetNode: 'node-2',
      targetPod: 'pod-2',
      startedAt: '2026-03-04T10:00:00.000Z',
      endedAt: '2026-03-04T10:00:30.000Z',
      completed: true,
      failed: true,
      failureReason: 'Broken pipe',
      abortRequested: true,
      abortStatus: 'Succeeded',
      mode: 'PostCopy',
      policyName: 'night',
      configuration: { bandwidthPerMigration: '64Mi' },
    });
  });

  it('of a pair has nodes and pods under its two ends, which win', () => {
    expect(
      factsOf({
        spec: { vmiName: 'web', receive: { migrationID: 'id' } },
        status: {
          migrationState: {
            sourceNode: 'stale',
            sourcePod: 'own-pod',
            targetNode: 'node-2',
            sourceState: { node: 'node-1', pod: 'pod-1', migrationUID: 's' },
            targetState: { migrationUID: 't' },
            endTimestamp: null,
          },
        },
      }),
    ).toMatchObject({
      sourceNode: 'node-1',
      sourcePod: 'pod-1',
      targetNode: 'node-2',
      sourceMigrationUid: 's',
      targetMigrationUid: 't',
      endedAt: undefined,
    });
  });
});

describe('the phases that a migration reports', () => {
  it('keep their order, each at its first entry', () => {
    const { reportedTransitions } = factsOf({
      status: {
        phaseTransitionTimestamps: transitionsTo(
          ['Pending', '10:00:00'],
          ['Running', '10:00:00'],
          ['Pending', '10:00:09'],
        ),
      },
    });
    expect(reportedTransitions).toEqual([
      { phase: 'Pending', at: '2026-03-04T10:00:00.000Z' },
      { phase: 'Running', at: '2026-03-04T10:00:00.000Z' },
    ]);
  });

  it('lose only the entries that cannot be read', () => {
    const { reportedTransitions } = factsOf({
      status: {
        phaseTransitionTimestamps: [
          null,
          'Pending',
          { phase: 'Pending' },
          { phase: '', phaseTransitionTimestamp: '2026-03-04T10:00:00Z' },
          { phase: 'Scheduling', phaseTransitionTimestamp: 'soon' },
          ...transitionsTo(['Scheduled', '10:00:02']),
        ],
      },
    });
    expect(reportedTransitions).toEqual([
      { phase: 'Scheduled', at: '2026-03-04T10:00:02.000Z' },
    ]);
  });

  it.each([[], {}, 'x', null])('are none in %j', list => {
    expect(
      factsOf({ status: { phaseTransitionTimestamps: list } })
        .reportedTransitions,
    ).toBeUndefined();
  });
});

describe('a cancel', () => {
  const deletionTimestamp = '2026-03-04T10:00:05Z';
  const abort = { type: 'migrationAbortRequested', status: 'True' };

  it('is seen in the condition', () => {
    expect(
      factsOf({ status: { phase: 'Failed', conditions: [abort] } }),
    ).toMatchObject({ abortAcknowledged: true, cancelRequested: true });
  });

  it('is seen in the condition beside ones that cannot be read', () => {
    const facts = factsOf({
      status: { conditions: [null, { type: 'odd' }, abort, 'x'] },
    });
    expect(facts.cancelRequested).toBe(true);
    expect(facts.conditions).toEqual([abort]);
  });

  it('is none while the condition is not True', () => {
    const facts = factsOf({
      status: { phase: 'Running', conditions: [{ ...abort, status: 'False' }] },
    });
    expect(facts.abortAcknowledged).toBeUndefined();
    expect(facts.cancelRequested).toBeUndefined();
  });

  it.each(['', 'Pending', 'Running', 'SomethingNew'])(
    'is a deletion in phase "%s"',
    phase => {
      expect(
        factsOf({ metadata: { deletionTimestamp }, status: { phase } }),
      ).toMatchObject({
        deletionRequestedAt: '2026-03-04T10:00:05.000Z',
        abortAcknowledged: undefined,
        cancelRequested: true,
      });
    },
  );

  it.each([
    ['older than the end', '10:00:06', true],
    ['in the second of the end', '10:00:05', undefined],
    ['younger than the end', '10:00:04', undefined],
  ])('is a deletion %s of a finished one', (_, end, expected) => {
    expect(
      factsOf({
        metadata: { deletionTimestamp },
        status: {
          phase: 'Failed',
          phaseTransitionTimestamps: transitionsTo(['Failed', end]),
        },
      }).cancelRequested,
    ).toBe(expected);
  });

  it('is no deletion of a finished one that does not say when it ended', () => {
    expect(
      factsOf({ metadata: { deletionTimestamp }, status: { phase: 'Failed' } })
        .cancelRequested,
    ).toBeUndefined();
  });
});

describe('the node that is drained', () => {
  it.each([
    [{ 'kubevirt.io/evacuationMigration': 'node-1' }, 'node-1'],
    [{ 'kubevirt.io/evacuationMigration': '' }, undefined],
    [{ 'kubevirt.io/evacuationMigration': 7 }, undefined],
    [{ 'kubevirt.io/workloadUpdateMigration': '' }, undefined],
    [undefined, undefined],
  ])('of annotations %j', (annotations, node) => {
    expect(factsOf({ metadata: { annotations } }).evacuatedNode).toBe(node);
  });
});

describe('values of the wrong type', () => {
  it('count as absent, field by field', () => {
    expect(
      factsOf({
        metadata: {
          labels: { good: 'yes', bad: 7, worse: null },
          creationTimestamp: 12,
          deletionTimestamp: {},
        },
        status: {
          phase: ['Running'],
          conditions: 'none',
          migrationState: {
            sourceNode: 7,
            targetNode: '',
            completed: 'true',
            failed: 1,
            startTimestamp: 1_700_000_000,
            sourceState: 'x',
            targetState: [],
            migrationConfiguration: 'fast',
          },
        },
      }),
    ).toEqual({
      name: 'move',
      namespace: 'shop',
      vmiName: 'web',
      role: 'local',
      labels: { good: 'yes' },
      phase: '',
      conditions: [],
    });
  });

  it.each([null, 'x', 7, []])(
    'leave the facts without a status: %j',
    status => {
      expect(factsOf({ status })).toMatchObject({ phase: '', conditions: [] });
    },
  );

  it('do not reach the prototype', () => {
    const labels: unknown = JSON.parse(
      '{"__proto__": "x", "constructor": "y"}',
    );
    const facts = factsOf({ metadata: { labels } });
    expect(Object.getPrototypeOf(facts.labels)).toBe(Object.prototype);
    expect(facts.labels).toHaveProperty('constructor', 'y');
  });
});
