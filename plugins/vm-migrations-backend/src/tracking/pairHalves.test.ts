import {
  History,
  HistoryPair,
  phasesOf,
  recordOf,
  recordsOfHistory,
  startPair,
} from '../__testUtils__/history';

describe('a move to another cluster', () => {
  it('is one record of two halves; the target gives phase, the source the name', () => {
    const { history, pair } = startPair();
    pair.run();
    history.wait(60);
    pair.complete();
    pair.target.end('Succeeded');
    history.wait(1);
    pair.source.end('Succeeded');

    const record = recordOf(history, pair.source);
    expect(recordsOfHistory(history)).toHaveLength(1);
    expect(record).toMatchObject({
      id: pair.target.uid,
      vm: { name: 'web', namespace: 'shop' },
      kind: 'cross-cluster',
      phase: 'Succeeded',
      outcome: 'succeeded',
      source: { cluster: 'alpha', node: 'worker-1', pod: 'pod-on-worker-1' },
      target: { cluster: 'beta', node: 'compute-2', pod: 'pod-on-compute-2' },
      durationMs: 60_000,
      migrationID: 'move-web',
      sendToUrl: 'peer:9185',
      receiveFromId: 'move-web',
      disagreement: undefined,
      failure: undefined,
    });
    expect(record.legs.map(({ role }) => role)).toEqual(['source', 'target']);
  });

  it('keeps the phases of each half in their order', () => {
    const { history, pair } = startPair();
    pair.run();
    const record = recordOf(history, pair.source);
    const ofLeg = (uid: string) =>
      record.transitions
        .filter(({ leg }) => leg === uid)
        .map(({ phase }) => phase);
    const common = [
      'Pending',
      'Scheduling',
      'Scheduled',
      'PreparingTarget',
      'TargetReady',
      'Running',
    ];
    expect(ofLeg(pair.source.uid)).toEqual(['Synchronizing', ...common]);
    expect(ofLeg(pair.target.uid)).toEqual(['WaitingForSync', ...common]);
  });

  it('names the true source pod although the receiving half shows its own', () => {
    const { history, target, pair } = startPair();
    pair.run();
    pair.target.writeStatus({
      migrationState: { sourcePod: 'pod-on-compute-2' },
    });
    expect(recordOf(history, pair.target).source.pod).toBe('pod-on-worker-1');

    target.instance.replaceState(undefined);
    const alone = new History();
    const beta = alone.cluster('beta');
    const half = beta.migration(beta.instance({ node: undefined }), {
      receive: 'move-web',
    });
    half.enter('Pending');
    half.writeStatus({ migrationState: { sourcePod: 'pod-on-compute-2' } });
    expect(recordOf(alone, half).source.pod).toBeUndefined();
  });

  it('is active while the target runs, whatever the source says', () => {
    const { history, pair } = startPair();
    pair.run();
    pair.complete();
    pair.source.end('Succeeded');
    expect(recordOf(history, pair.target)).toMatchObject({
      phase: 'Running',
      outcome: 'active',
    });
  });

  it('is not blocked by the condition that every waiting half shows', () => {
    const { history, pair } = startPair();
    pair.target.setCondition('decentralizedMigrationBlocked');
    pair.run();
    pair.target.removeCondition('decentralizedMigrationBlocked');
    pair.complete();
    pair.target.end('Succeeded');
    pair.source.end('Succeeded');
    expect(recordOf(history, pair.target)).toMatchObject({
      outcome: 'succeeded',
      legs: [{ conditions: [] }, { conditions: [] }],
    });
  });
});

describe('a half whose partner is not watched', () => {
  it('as source names the node that it goes to, in an unknown cluster', () => {
    const { history, pair } = startPair();
    pair.run();
    pair.complete();
    pair.source.end('Succeeded');
    history.events.splice(
      0,
      Infinity,
      ...history.events.filter(({ cluster }) => cluster === 'alpha'),
    );

    expect(recordOf(history, pair.source)).toMatchObject({
      kind: 'cross-cluster',
      outcome: 'succeeded',
      source: { cluster: 'alpha', node: 'worker-1' },
      target: { cluster: undefined, node: 'compute-2' },
      legs: [{ role: 'source' }],
    });
  });

  it('as target names the node that it comes from, in an unknown cluster', () => {
    const { history, pair } = startPair();
    pair.run();
    pair.complete();
    pair.target.end('Succeeded');
    history.events.splice(
      0,
      Infinity,
      ...history.events.filter(({ cluster }) => cluster === 'beta'),
    );

    expect(recordOf(history, pair.target)).toMatchObject({
      kind: 'cross-cluster',
      outcome: 'succeeded',
      source: { cluster: undefined, node: 'worker-1', pod: 'pod-on-worker-1' },
      target: { cluster: 'beta', node: 'compute-2' },
      legs: [{ role: 'target' }],
    });
  });

  it('waits without end, and is cancelled when it is deleted', () => {
    const history = new History();
    const beta = history.cluster('beta');
    const half = beta.migration(beta.instance({ node: undefined }), {
      receive: 'never-sent',
    });
    half.enter('WaitingForSync');
    half.setCondition('decentralizedMigrationBlocked');
    history.wait(86_400);
    expect(recordOf(history, half)).toMatchObject({
      phase: 'WaitingForSync',
      outcome: 'active',
    });

    half.cancelBeforeHandOver();
    const record = recordOf(history, half);
    expect(record).toMatchObject({
      phase: 'Failed',
      outcome: 'cancelled',
      kind: 'cross-cluster',
      source: { cluster: undefined, node: undefined },
      target: { cluster: 'beta' },
    });
    expect(phasesOf(record)).toEqual(['WaitingForSync', 'Failed']);
  });
});

describe('halves in one cluster', () => {
  it.each(['web', 'web-copy'])(
    'are a move to another namespace, called after its source (target: %s)',
    name => {
      const history = new History();
      const cluster = history.cluster('alpha');
      const source = {
        cluster,
        instance: cluster.instance({ namespace: 'old', node: 'node-1' }),
      };
      const target = {
        cluster,
        instance: cluster.instance({ name, namespace: 'new', node: undefined }),
      };
      const pair = new HistoryPair({ source, target, targetNode: 'node-2' });
      pair.run();
      pair.complete();
      pair.target.end('Succeeded');
      pair.source.end('Succeeded');

      expect(recordOf(history, pair.source)).toMatchObject({
        vm: { name: 'web', namespace: 'old' },
        kind: 'cross-namespace',
        outcome: 'succeeded',
        source: { cluster: 'alpha', namespace: 'old', node: 'node-1' },
        target: { cluster: 'alpha', namespace: 'new', node: 'node-2' },
        legs: [
          { vmiName: 'web', namespace: 'old' },
          { vmiName: name, namespace: 'new' },
        ],
      });
    },
  );
});
