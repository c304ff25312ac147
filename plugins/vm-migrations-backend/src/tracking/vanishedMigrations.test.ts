import { observeAll, recordsOf } from '../__testUtils__/TrackingModel';
import {
  ABORT_MESSAGE,
  History,
  HistoryPair,
  recordOf,
  recordsOfHistory,
  startMove,
} from '../__testUtils__/history';
import { deriveMigration } from './deriveMigration';
import { legObservations } from './legObservations';
import { markGone } from './markGone';
import { mergeObservation } from './mergeObservation';
import type { Leg } from './types';

describe('a finished migration whose object is deleted', () => {
  it.each([
    ['Succeeded', 'succeeded'],
    ['Failed', 'failed'],
  ] as const)('keeps its record: %s', (phase, outcome) => {
    const { history, migration } = startMove();
    migration.runUpTo('Running');
    if (phase === 'Succeeded') {
      migration.completeOnInstance();
    } else {
      migration.failOnInstance({ failureReason: 'Broken pipe' });
    }
    migration.end(phase);
    const before = recordOf(history, migration);
    migration.requestDeletion();
    migration.vanish();

    expect(recordOf(history, migration)).toEqual({
      ...before,
      legs: [{ ...before.legs[0], deleted: true }],
    });
    expect(before.outcome).toBe(outcome);
  });

  it('is not taken for cancelled when it had failed before the hand-over', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Scheduling');
    migration.enter('Failed');
    migration.requestDeletion();
    migration.vanish();

    expect(recordOf(history, migration).outcome).toBe('failed');
  });

  it('has its nodes when it vanished right after the final phase', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Running');
    migration.completeOnInstance();
    migration.enter('Succeeded');
    migration.requestDeletion();
    migration.vanish();

    expect(recordOf(history, migration)).toMatchObject({
      phase: 'Succeeded',
      outcome: 'succeeded',
      source: { node: 'node-1' },
      target: { node: 'node-2' },
    });
  });

  it('makes room for another one of the same name', () => {
    const history = new History();
    const cluster = history.cluster('alpha');
    const instance = cluster.instance();
    for (const [node, next] of [
      ['node-1', 'node-2'],
      ['node-2', 'node-3'],
    ]) {
      const migration = cluster.migration(instance, { name: 'move' });
      migration.runUpTo('Running', { targetNode: next });
      migration.completeOnInstance();
      migration.end('Succeeded');
      migration.requestDeletion();
      migration.vanish();
      expect(recordOf(history, migration)).toMatchObject({
        outcome: 'succeeded',
        source: { node },
        target: { node: next },
      });
    }
    expect(recordsOfHistory(history)).toHaveLength(2);
  });
});

describe('a migration deleted before its final phase was seen', () => {
  it('has succeeded when its instance said so', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Running');
    history.wait(10);
    migration.completeOnInstance();
    migration.vanish();

    expect(recordOf(history, migration)).toMatchObject({
      phase: 'Running',
      outcome: 'succeeded',
      durationMs: 10_000,
      endedBetween: undefined,
    });
  });

  it('has succeeded also when its instance says so only afterwards', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Running');
    migration.vanish();
    expect(recordOf(history, migration).outcome).toBe('unknown');
    migration.completeOnInstance();
    expect(recordOf(history, migration).outcome).toBe('succeeded');
  });

  it.each([
    ['failed', { failureReason: 'Broken pipe' }],
    ['timed-out', { abortStatus: 'Succeeded', failureReason: ABORT_MESSAGE }],
    ['cancelled', { abortRequested: true, abortStatus: 'Succeeded' }],
  ])('has %s when its instance said so', (outcome, state) => {
    const { history, migration } = startMove();
    migration.runUpTo('Running');
    migration.failOnInstance(state);
    migration.vanish();

    expect(recordOf(history, migration)).toMatchObject({
      phase: 'Running',
      outcome,
      failure: { leg: migration.uid },
    });
  });

  it.each(['Pending', 'Running'] as const)(
    'ended nobody knows how when nothing else is known: %s',
    phase => {
      const { history, migration } = startMove();
      migration.runUpTo(phase);
      migration.vanish();

      expect(recordOf(history, migration)).toMatchObject({
        phase,
        outcome: 'unknown',
        endedAt: undefined,
        durationMs: undefined,
        failure: undefined,
        endedBetween: { before: expect.any(String), after: expect.any(String) },
      });
    },
  );

  it('is not cancelled by a deletion timestamp alone, which every finalizer brings', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Scheduling');
    migration.requestDeletion();
    migration.vanish();

    expect(recordOf(history, migration).outcome).toBe('unknown');
  });

  it('is cancelled when KubeVirt had acknowledged that before the hand-over', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Scheduling');
    migration.requestDeletion();
    migration.acknowledgeAbort();
    migration.vanish();

    expect(recordOf(history, migration)).toMatchObject({
      outcome: 'cancelled',
      endedBetween: { before: expect.any(String) },
    });
  });

  it('ended nobody knows how when only an abort was asked while it ran', () => {
    const { history, instance, migration } = startMove();
    migration.runUpTo('Running');
    migration.requestDeletion();
    migration.acknowledgeAbort();
    instance.updateState({ abortRequested: true });
    migration.vanish();

    expect(recordOf(history, migration).outcome).toBe('unknown');
  });

  it('is decided by the other half of its pair', () => {
    const history = new History();
    const alpha = history.cluster('alpha');
    const beta = history.cluster('beta');
    const pair = new HistoryPair({
      source: { cluster: alpha, instance: alpha.instance() },
      target: { cluster: beta, instance: beta.instance({ node: undefined }) },
    });
    pair.run();
    pair.target.vanish();
    expect(recordOf(history, pair.target).outcome).toBe('active');
    pair.source.failOnInstance({ failureReason: 'Broken pipe' });
    pair.source.end('Failed');

    expect(recordOf(history, pair.target)).toMatchObject({
      phase: 'Running',
      outcome: 'failed',
      failure: { leg: pair.source.uid, message: 'Broken pipe' },
      legs: [{ outcome: 'failed' }, { outcome: 'unknown' }],
    });
  });

  it('takes with it what a source half without its instance cannot say', () => {
    const history = new History();
    const alpha = history.cluster('alpha');
    const half = alpha.migration(alpha.instance(), { sendTo: 'elsewhere' });
    half.enter('Synchronizing');
    half.instance.delete();
    half.requestDeletion();
    half.vanish();

    expect(recordOf(history, half)).toMatchObject({
      outcome: 'unknown',
      kind: 'cross-cluster',
    });
  });
});

describe('a migration that is missing in a list', () => {
  function legOf(history: History): Leg {
    let leg: Leg | undefined;
    for (const observation of observeAll(history.events)) {
      for (const told of legObservations(observation)) {
        leg = mergeObservation(leg, told, 1);
      }
    }
    if (!leg) {
      throw new Error('Nothing was observed');
    }
    return leg;
  }

  const gone = {
    after: '2026-03-04T10:00:00.000Z',
    before: '2026-03-04T11:00:00.000Z',
  };

  it('ended between its last sight and the list', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Running');
    const leg = legOf(history);
    const later = { ...gone, before: '2027-06-01T00:00:00.000Z' };

    expect(deriveMigration([markGone(leg, later, 1000)])).toMatchObject({
      outcome: 'unknown',
      endedBetween: { after: leg.lastAliveAt, before: later.before },
    });
  });

  it('is there again when it is seen after that list', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Pending');
    const leg = legOf(history);
    const { facts } = legObservations(observeAll(history.events).at(-1)!)[0];
    const seenAgain = mergeObservation(
      markGone(leg, gone, 1000),
      {
        cluster: 'alpha',
        uid: leg.uid,
        version: 1001,
        observedAt: gone.before,
        seen: true,
        deleted: false,
        facts,
      },
      1,
    );

    expect(deriveMigration([seenAgain])?.outcome).toBe('active');
  });

  it('keeps the outcome that it had', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Running');
    migration.completeOnInstance();
    migration.end('Succeeded');

    expect(
      deriveMigration([markGone(legOf(history), gone, 1000)]),
    ).toMatchObject({ outcome: 'succeeded', endedBetween: undefined });
  });
});

describe('what nobody has seen', () => {
  it('gives no record: an instance that names a migration', () => {
    const { history, instance } = startMove();
    history.events.splice(1);
    instance.updateState({ migrationUid: 'never-seen', sourceNode: 'node-1' });

    expect(
      recordsOf(observeAll(history.events).flatMap(legObservations)),
    ).toEqual([]);
  });
});
