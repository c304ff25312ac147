import { observeAll } from '../__testUtils__/TrackingModel';
import {
  History,
  HistoryPair,
  recordOf,
  recordsOfHistory,
} from '../__testUtils__/history';
import { groupLegs } from './groupLegs';
import { legObservations } from './legObservations';
import { mergeObservation } from './mergeObservation';
import type { Leg } from './types';

/** Two clusters, each with an instance of the VM. */
function twoClusters() {
  const history = new History();
  const alpha = history.cluster('alpha');
  const beta = history.cluster('beta');
  return {
    history,
    source: { cluster: alpha, instance: alpha.instance({ node: 'worker-1' }) },
    target: { cluster: beta, instance: beta.instance({ node: undefined }) },
  };
}

function legsOf(history: History): string[][] {
  return recordsOfHistory(history)
    .map(record => record.legs.map(({ uid }) => uid).sort())
    .sort();
}

function uidsOf(...pairs: HistoryPair[]): string[][] {
  return pairs
    .map(({ source, target }) => [source.uid, target.uid].sort())
    .sort();
}

describe('halves of one migrationID', () => {
  it('are one move as soon as both are there, before anything names them', () => {
    const { history, source, target } = twoClusters();
    const pair = new HistoryPair({ source, target });
    expect(legsOf(history)).toEqual(uidsOf(pair));
  });

  it('are two moves when the id is used again after the first has ended', () => {
    const { history, source, target } = twoClusters();
    const first = new HistoryPair({ source, target });
    first.run();
    first.source.failOnInstance({ failureReason: 'first' });
    first.source.end('Failed');
    first.target.failOnInstance({ failureReason: 'Target pod is down' });
    first.target.end('Failed');
    history.wait(60);
    source.instance.replaceState(undefined);
    target.instance.replaceState(undefined);
    const second = new HistoryPair({ source, target });
    second.run();

    expect(legsOf(history)).toEqual(uidsOf(first, second));
    expect(recordOf(history, first.source).outcome).toBe('failed');
    expect(recordOf(history, second.source).outcome).toBe('active');
  });

  it('do not belong together when the one had ended before the other began', () => {
    const { history, source, target } = twoClusters();
    const early = source.cluster.migration(source.instance, { sendTo: 'id' });
    early.enter('Synchronizing');
    history.wait(5);
    early.cancelBeforeHandOver();
    history.wait(60);
    const late = target.cluster.migration(target.instance, { receive: 'id' });
    late.enter('WaitingForSync');

    expect(legsOf(history)).toEqual([[early.uid], [late.uid]]);
  });

  it('go with the one created closest when an old half was left over', () => {
    const { history, source, target } = twoClusters();
    const leftOver = target.cluster.migration(
      target.cluster.instance({ namespace: 'other', node: undefined }),
      { receive: 'move-web' },
    );
    leftOver.enter('WaitingForSync');
    history.wait(3600);
    const pair = new HistoryPair({ source, target });

    expect(legsOf(history)).toEqual([...uidsOf(pair), [leftOver.uid]].sort());
    expect(recordOf(history, leftOver)).toMatchObject({ outcome: 'active' });
  });

  it('go with the one that KubeVirt picked, when it picked the one left over', () => {
    const { history, source, target } = twoClusters();
    const leftOver = target.cluster.migration(
      target.cluster.instance({ namespace: 'other', node: undefined }),
      { receive: 'move-web' },
    );
    leftOver.enter('WaitingForSync');
    history.wait(3600);
    const pair = new HistoryPair({ source, target });
    leftOver.instance.updateState({
      sourceState: {
        migrationUID: pair.source.uid,
        syncAddress: '10.0.0.1:9185',
      },
      targetState: { migrationUID: leftOver.uid },
    });
    source.instance.updateState({
      targetState: { migrationUID: leftOver.uid, syncAddress: '10.0.0.2:9185' },
    });

    expect(legsOf(history)).toEqual(
      [[leftOver.uid, pair.source.uid].sort(), [pair.target.uid]].sort(),
    );
  });

  it('find each other by uid although their clocks are an hour apart', () => {
    const history = new History();
    const alpha = history.cluster('alpha');
    const beta = history.cluster('beta', { ahead: -3600 });
    const pair = new HistoryPair({
      source: { cluster: alpha, instance: alpha.instance() },
      target: { cluster: beta, instance: beta.instance({ node: undefined }) },
    });
    pair.run();
    pair.complete();
    pair.target.end('Succeeded');
    pair.source.end('Succeeded');

    expect(legsOf(history)).toEqual(uidsOf(pair));
    expect(recordOf(history, pair.source).durationMs).toBeGreaterThanOrEqual(0);
  });

  it('are told apart when one id was used for hundreds of moves', () => {
    const { history, source, target } = twoClusters();
    const pairs: HistoryPair[] = [];
    for (let move = 0; move < 300; move++) {
      const pair = new HistoryPair({ source, target });
      pair.source.enter('Failed');
      pair.target.enter('Failed');
      history.wait(10);
      pairs.push(pair);
    }
    const legs = new Map<string, Leg>();
    for (const told of observeAll(history.events).flatMap(legObservations)) {
      legs.set(told.uid, mergeObservation(legs.get(told.uid), told, 1));
    }
    const groups = groupLegs([...legs.values()]);

    expect(
      groups.map(group => group.map(({ uid }) => uid).sort()).sort(),
    ).toEqual(uidsOf(...pairs));
  });

  it('give two halves of one side two records', () => {
    const { history, source, target } = twoClusters();
    const one = source.cluster.migration(source.instance, { sendTo: 'id' });
    const two = target.cluster.migration(target.instance, { sendTo: 'id' });
    expect(legsOf(history)).toEqual([[one.uid], [two.uid]]);
  });
});

describe('a second attempt on instances that still carry the first one', () => {
  /** An attempt that was cancelled while it synchronized: KubeVirt leaves its state there. */
  function cancelledAttempt(migrationID: string) {
    const world = twoClusters();
    const first = new HistoryPair({ ...world, migrationID });
    first.synchronize();
    world.history.wait(5);
    first.target.cancelBeforeHandOver();
    first.source.cancelBeforeHandOver();
    world.history.wait(20);
    return { ...world, first };
  }

  it.each(['same id', 'other id'])('is a move of its own: %s', id => {
    const { history, source, target, first } = cancelledAttempt('same id');
    const second = new HistoryPair({ source, target, migrationID: id });
    expect(legsOf(history)).toEqual(uidsOf(first, second));

    second.run();
    second.complete();
    second.target.end('Succeeded');
    second.source.end('Succeeded');
    expect(legsOf(history)).toEqual(uidsOf(first, second));
    expect(recordOf(history, first.source).outcome).toBe('cancelled');
    expect(recordOf(history, second.source).outcome).toBe('succeeded');
  });

  it('stays a pair when it hangs without ever synchronizing', () => {
    const { history, source, target, first } = cancelledAttempt('id');
    const second = new HistoryPair({ source, target, migrationID: 'id' });
    history.wait(60);
    second.source.cancelBeforeHandOver();
    second.target.cancelBeforeHandOver();

    expect(legsOf(history)).toEqual(uidsOf(first, second));
  });

  it('does not write into the first one while the uids of the state differ', () => {
    const world = twoClusters();
    const first = new HistoryPair({ ...world, migrationID: 'id' });
    first.schedule();
    first.target.cancelBeforeHandOver();
    first.source.cancelBeforeHandOver();
    world.history.wait(20);
    const second = new HistoryPair({ ...world, migrationID: 'id' });
    second.synchronize();

    expect(legsOf(world.history)).toEqual(uidsOf(first, second));
  });
});
