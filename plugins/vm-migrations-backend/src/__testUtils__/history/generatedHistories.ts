import fc from 'fast-check';
import type { Outcome } from 'backstage-plugin-vm-migrations-common';
import { History } from './History';
import { ABORTED, type RunningPhase } from './HistoryMigration';
import { HistoryPair } from './HistoryPair';

/** A history and how its move must end. */
export interface GeneratedHistory {
  events: History['events'];
  /** uids of the migrations of the move. */
  uids: string[];
  outcome: Outcome;
  /** Whether the VM was handed over, so that both nodes are known. */
  handedOver: boolean;
}

const BEFORE_HAND_OVER: RunningPhase[] = ['Pending', 'Scheduling', 'Scheduled'];
const ALL_PHASES: RunningPhase[] = [
  ...BEFORE_HAND_OVER,
  'PreparingTarget',
  'TargetReady',
  'Running',
];

type LocalHistory = ReturnType<typeof startLocal>;

function startLocal(previous: boolean) {
  const history = new History();
  const cluster = history.cluster('alpha');
  const instance = cluster.instance({ node: previous ? 'node-0' : 'node-1' });
  if (previous) {
    const earlier = cluster.migration(instance);
    earlier.runUpTo('Running', { targetNode: 'node-1' });
    earlier.completeOnInstance();
    earlier.end('Succeeded');
    history.wait(7);
  }
  const migration = cluster.migration(instance);
  return { history, cluster, instance, migration };
}

/** Every way in which a move within one cluster ends, or is still under way. */
const LOCAL_ENDINGS: {
  phases: RunningPhase[];
  outcome: Outcome;
  end: (local: LocalHistory) => void;
}[] = [
  { phases: ALL_PHASES, outcome: 'active', end: () => {} },
  {
    phases: ['Running'],
    outcome: 'succeeded',
    end: ({ migration }) => {
      migration.completeOnInstance();
      migration.end('Succeeded');
    },
  },
  {
    phases: ['Running'],
    outcome: 'failed',
    end: ({ migration }) => {
      migration.failOnInstance({ failureReason: 'Broken pipe' });
      migration.end('Failed');
    },
  },
  {
    phases: ['Running'],
    outcome: 'timed-out',
    end: ({ migration }) => {
      migration.failOnInstance(ABORTED);
      migration.end('Failed');
    },
  },
  {
    phases: BEFORE_HAND_OVER,
    outcome: 'failed',
    end: ({ migration }) => migration.enter('Failed'),
  },
  {
    phases: BEFORE_HAND_OVER,
    outcome: 'cancelled',
    end: ({ migration }) => migration.cancelBeforeHandOver(),
  },
  {
    phases: ['Running'],
    outcome: 'cancelled',
    end: ({ history, instance, migration }) => {
      migration.requestDeletion();
      migration.acknowledgeAbort();
      instance.updateState({ abortRequested: true });
      history.wait(2);
      migration.failOnInstance(ABORTED);
      migration.end('Failed');
    },
  },
  {
    phases: ['Running'],
    outcome: 'succeeded',
    end: ({ instance, migration }) => {
      migration.requestDeletion();
      migration.acknowledgeAbort();
      instance.updateState({ abortRequested: true });
      migration.completeOnInstance();
      migration.end('Succeeded');
    },
  },
  {
    phases: ['PreparingTarget', 'TargetReady', 'Running'],
    outcome: 'failed',
    end: ({ instance, migration }) => {
      instance.update({ phase: 'Failed' });
      migration.enter('Failed');
      migration.copyState();
      instance.delete();
      migration.requestDeletion();
      migration.vanish();
    },
  },
  {
    phases: ['PreparingTarget', 'TargetReady', 'Running'],
    outcome: 'failed',
    end: ({ cluster, instance, migration }) => {
      cluster.migration(instance).handOver('node-9');
      migration.enter('Failed');
      migration.copyState();
    },
  },
  {
    phases: ALL_PHASES,
    outcome: 'succeeded',
    end: ({ migration }) => migration.enter('Succeeded'),
  },
  {
    phases: ALL_PHASES,
    outcome: 'unknown',
    end: ({ migration }) => migration.vanish(),
  },
  {
    phases: ['Running'],
    outcome: 'succeeded',
    end: ({ migration }) => {
      migration.completeOnInstance();
      migration.vanish();
    },
  },
];

/** Moves within one cluster; with `others` the VM is moved before or after them, too. */
export function localHistories(options: {
  others: boolean;
}): fc.Arbitrary<GeneratedHistory> {
  return fc
    .record({
      ending: fc.constantFrom(...LOCAL_ENDINGS),
      phase: fc.nat(),
      wait: fc.integer({ min: 0, max: 90 }),
      previous: options.others ? fc.boolean() : fc.constant(false),
      next: options.others ? fc.boolean() : fc.constant(false),
      collected: fc.boolean(),
    })
    .map(({ ending, phase: pick, wait, previous, next, collected }) => {
      const phase = ending.phases[pick % ending.phases.length];
      const local = startLocal(previous);
      const { history, cluster, instance, migration } = local;
      migration.runUpTo(phase);
      history.wait(wait);
      ending.end(local);
      if (collected && migration.isFinal()) {
        migration.requestDeletion();
        migration.vanish();
      }
      if (next && migration.isFinal()) {
        history.wait(7);
        const later = cluster.migration(instance);
        later.runUpTo('Running', { targetNode: 'node-0' });
        later.completeOnInstance();
        later.end('Succeeded');
      }
      return {
        events: history.events,
        uids: [migration.uid],
        outcome: ending.outcome,
        handedOver: !BEFORE_HAND_OVER.includes(phase),
      };
    });
}

const PAIR_ENDINGS: {
  outcome: Outcome;
  handedOver: boolean;
  end: (pair: HistoryPair, history: History) => void;
}[] = [
  { outcome: 'active', handedOver: false, end: () => {} },
  { outcome: 'active', handedOver: false, end: pair => pair.schedule() },
  { outcome: 'active', handedOver: true, end: pair => pair.run() },
  {
    outcome: 'succeeded',
    handedOver: true,
    end: (pair, history) => {
      pair.run();
      history.wait(30);
      pair.complete();
      pair.target.end('Succeeded');
      pair.source.end('Succeeded');
    },
  },
  {
    outcome: 'succeeded',
    handedOver: true,
    end: (pair, history) => {
      pair.run();
      pair.complete();
      pair.target.end('Succeeded');
      history.wait(3);
      pair.source.requestDeletion();
      pair.source.acknowledgeAbort();
      pair.source.vanish();
    },
  },
  {
    outcome: 'failed',
    handedOver: true,
    end: (pair, history) => {
      pair.run();
      pair.source.failOnInstance({ failureReason: 'Broken pipe' });
      pair.source.end('Failed');
      history.wait(1);
      pair.target.failOnInstance({ failureReason: 'Target pod is down' });
      pair.target.end('Failed');
    },
  },
  {
    outcome: 'cancelled',
    handedOver: true,
    end: (pair, history) => {
      pair.run();
      pair.source.requestDeletion();
      pair.source.acknowledgeAbort();
      pair.source.instance.updateState({ abortRequested: true });
      history.wait(1);
      pair.source.failOnInstance(ABORTED);
      pair.source.end('Failed');
      pair.target.failOnInstance(ABORTED);
      pair.target.end('Failed');
    },
  },
  {
    outcome: 'cancelled',
    handedOver: false,
    end: (pair, history) => {
      history.wait(600);
      pair.target.cancelBeforeHandOver();
      pair.source.cancelBeforeHandOver();
    },
  },
];

/** Moves between two clusters, or two namespaces of one. */
export function pairHistories(): fc.Arbitrary<GeneratedHistory> {
  return fc
    .record({
      ending: fc.constantFrom(...PAIR_ENDINGS),
      ahead: fc.constantFrom(-120, -1, 0, 1, 120),
      oneCluster: fc.boolean(),
    })
    .map(({ ending, ahead, oneCluster }) => {
      const history = new History();
      const alpha = history.cluster('alpha');
      const beta = oneCluster ? alpha : history.cluster('beta', { ahead });
      const pair = new HistoryPair({
        source: { cluster: alpha, instance: alpha.instance() },
        target: {
          cluster: beta,
          instance: beta.instance({ namespace: 'new', node: undefined }),
        },
        targetNode: 'node-2',
      });
      ending.end(pair, history);
      return {
        events: history.events,
        uids: [pair.source.uid, pair.target.uid],
        outcome: ending.outcome,
        handedOver: ending.handedOver,
      };
    });
}
