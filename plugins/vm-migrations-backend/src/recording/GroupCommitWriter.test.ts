import { mockServices } from '@backstage/backend-test-utils';
import type { Observation } from '../kubevirt';
import type { WriteBatch, WriteResult } from '../store/types';
import { GroupCommitWriter } from './GroupCommitWriter';

function observation(cluster: string, name: string): Observation {
  return {
    kind: 'virtual-machine',
    cluster,
    namespace: 'shop',
    name,
    version: 1,
    observedAt: '2026-03-04T10:15:00.000Z',
    deleted: false,
    machine: { labels: {} },
  };
}

/** A store whose commits end when the test says so. */
class GatedStore {
  batches: WriteBatch[] = [];
  #pending: Array<(result: Partial<WriteResult> | Error) => void> = [];

  apply(batch: WriteBatch): Promise<WriteResult> {
    this.batches.push(batch);
    return new Promise((resolve, reject) =>
      this.#pending.push(result =>
        result instanceof Error
          ? reject(result)
          : resolve({
              position: this.batches.length,
              changed: true,
              lostClusters: [],
              ...result,
            }),
      ),
    );
  }

  async finish(result: Partial<WriteResult> | Error = {}): Promise<void> {
    while (this.#pending.length === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    this.#pending.shift()?.(result);
  }
}

function setUp() {
  const store = new GatedStore();
  const commits: WriteResult[] = [];
  const slept: number[] = [];
  const writer = new GroupCommitWriter({
    store,
    clock: {
      now: () => 0,
      sleep: async ms => {
        slept.push(ms);
      },
    },
    logger: mockServices.logger.mock(),
    onCommit: result => commits.push(result),
  });
  const submit = writer.open('a', 7);
  return { store, writer, submit, commits, slept };
}

const names = (batch: WriteBatch) => batch.observations.map(({ name }) => name);

describe('GroupCommitWriter', () => {
  it('commits a lone observation at once', async () => {
    const { store, writer, submit, commits } = setUp();
    await submit({ observation: observation('a', 'vm') });
    await store.finish();
    await writer.flush();
    expect(store.batches.map(names)).toEqual([['vm']]);
    expect(store.batches[0].fences).toEqual(new Map([['a', 7]]));
    expect(commits).toHaveLength(1);
  });

  it('commits what arrived during a commit as the next batch, in order', async () => {
    const { store, writer, submit } = setUp();
    const submitToB = writer.open('b', 2);
    await submit({ observation: observation('a', '1') });
    while (store.batches.length === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    await submit({ observation: observation('a', '2') });
    await submitToB({ observation: observation('b', '3') });
    await store.finish();
    await store.finish();
    await writer.flush();
    expect(store.batches.map(names)).toEqual([['1'], ['2', '3']]);
  });

  it('keeps only the last position of each watch', async () => {
    const { store, writer, submit } = setUp();
    for (const resourceVersion of ['5', '6']) {
      await submit({
        position: {
          cluster: 'a',
          resource: 'virtualmachines',
          resourceVersion,
          observedAt: '2026-03-04T10:15:00.000Z',
        },
      });
    }
    await store.finish();
    await writer.flush();
    expect(
      store.batches.flatMap(batch =>
        batch.positions.map(position => position.resourceVersion),
      ),
    ).toEqual(['6']);
  });

  it('makes submitters wait while the queue is full', async () => {
    const { store, submit } = setUp();
    let accepted = 0;
    const submitting = (async () => {
      for (let i = 0; i < 3_500; i++) {
        await submit({
          observation: observation('a', `${i}`),
        });
        accepted++;
      }
    })();
    while (store.batches.length === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    await new Promise(resolve => setImmediate(resolve));
    expect(accepted).toBeLessThan(3_500);
    for (let done = 0; done < 3_500; ) {
      await store.finish();
      done = store.batches.flatMap(names).length;
    }
    await submitting;
    expect(store.batches.flatMap(names)).toEqual(
      Array.from({ length: 3_500 }, (_, i) => `${i}`),
    );
  });

  it('tries a refused batch again until the database takes it', async () => {
    const { store, writer, submit, slept, commits } = setUp();
    await submit({ observation: observation('a', 'vm') });
    await store.finish(new Error('database is away'));
    await store.finish(new Error('database is away'));
    await store.finish();
    await writer.flush();
    expect(store.batches.map(names)).toEqual([['vm'], ['vm'], ['vm']]);
    expect(slept).toHaveLength(2);
    expect(commits).toHaveLength(1);
  });

  it('writes nothing more for a cluster that was lost', async () => {
    const { store, writer, submit } = setUp();
    await submit({ observation: observation('a', '1') });
    await store.finish({ lostClusters: ['a'] });
    await writer.flush();
    await submit({ observation: observation('a', '2') });
    await writer.flush();
    expect(store.batches).toHaveLength(1);
  });

  it('drops what was submitted before the cluster was lost and taken again', async () => {
    const { store, writer, submit } = setUp();
    await submit({ observation: observation('a', '1') });
    while (store.batches.length === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    await submit({ observation: observation('a', '2') });
    writer.close('a');
    const submitAgain = writer.open('a', 9);
    await submitAgain({ observation: observation('a', '3') });
    await store.finish();
    await store.finish();
    await writer.flush();
    expect(store.batches.map(names)).toEqual([['1'], ['3']]);
    expect(store.batches[1].fences).toEqual(new Map([['a', 9]]));
  });

  it('stops while the database is away', async () => {
    const { store, writer, submit } = setUp();
    await submit({ observation: observation('a', 'vm') });
    while (store.batches.length === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    const stopped = writer.stop();
    await store.finish(new Error('database is away'));
    await stopped;
    expect(store.batches).toHaveLength(1);
  });
});
