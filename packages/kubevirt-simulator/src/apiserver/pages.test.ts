import { MIGRATIONS_PATH, readListAnswer, TestCluster } from '../__testUtils__';
import type { TestClusterOptions } from '../__testUtils__';

describe('pages of a list', () => {
  let cluster: TestCluster;

  async function start(options?: TestClusterOptions) {
    cluster = await TestCluster.start(options);
    return cluster;
  }

  afterEach(() => cluster.stop());

  const list = async (path: string) => {
    const { code, body } = await cluster.client.send(path);
    expect(code).toBe(200);
    return readListAnswer(body);
  };

  it('show one state, whatever changes meanwhile', async () => {
    await start();
    for (const name of ['a', 'b', 'c', 'd', 'e']) cluster.addMigration(name);
    const first = await list(`${MIGRATIONS_PATH}?limit=2`);
    expect(first).toEqual({
      names: ['a', 'b'],
      metadata: {
        resourceVersion: '7',
        continue: expect.any(String),
        remainingItemCount: 3,
      },
    });
    cluster.store.delete('virtualmachineinstancemigrations', 'erp', 'd');
    cluster.addMigration('bb');
    cluster.setPhase('c', 'Running');

    const second = await cluster.client.send(
      `${MIGRATIONS_PATH}?limit=2&continue=${first.metadata.continue}`,
    );
    const { names, metadata } = readListAnswer(second.body);
    expect(names).toEqual(['c', 'd']);
    expect(metadata).toMatchObject({
      resourceVersion: '7',
      remainingItemCount: 1,
    });
    expect(second.text).not.toContain('Running');

    expect(
      await list(`${MIGRATIONS_PATH}?limit=2&continue=${metadata.continue}`),
    ).toEqual({
      names: ['e'],
      metadata: { resourceVersion: '7', continue: '' },
    });
  });

  it('do not count what is left when a selector is set', async () => {
    await start();
    for (const name of ['a', 'b']) cluster.addMigration(name, { plan: 'p' });
    const { metadata } = await list(
      `${MIGRATIONS_PATH}?limit=1&labelSelector=plan`,
    );
    expect(metadata.continue).not.toBe('');
    expect(metadata).not.toHaveProperty('remainingItemCount');
  });

  it('are not made for version 0', async () => {
    await start();
    for (const name of ['a', 'b']) cluster.addMigration(name);
    expect(
      (await list(`${MIGRATIONS_PATH}?limit=1&resourceVersion=0`)).names,
    ).toEqual(['a', 'b']);
  });

  it('expire with the history, with a token to go on inconsistently', async () => {
    await start();
    for (const name of ['a', 'b', 'c']) cluster.addMigration(name);
    const first = await list(`${MIGRATIONS_PATH}?limit=1`);
    cluster.addMigration('bb');
    cluster.store.compact();
    const { code, body } = await cluster.client.send(
      `${MIGRATIONS_PATH}?limit=1&continue=${first.metadata.continue}`,
    );
    expect(code).toBe(410);
    expect(body).toMatchObject({
      reason: 'Expired',
      message: expect.stringContaining(
        'The provided continue parameter is too old to display a consistent list result.',
      ),
      metadata: { continue: expect.any(String) },
    });
    const again = cluster.client.send(
      `${MIGRATIONS_PATH}?continue=${tokenOf(body)}`,
    );
    expect(readListAnswer((await again).body)).toEqual({
      names: ['b', 'bb', 'c'],
      metadata: { resourceVersion: '6', continue: '' },
    });
  });

  function tokenOf(status: unknown): string {
    const match = /"continue":"([^"]+)"/.exec(JSON.stringify(status));
    return match?.[1] ?? '';
  }

  it('refuse a version of their own', async () => {
    await start();
    for (const name of ['a', 'b']) cluster.addMigration(name);
    const { metadata } = await list(`${MIGRATIONS_PATH}?limit=1`);
    const { code, body } = await cluster.client.send(
      `${MIGRATIONS_PATH}?continue=${metadata.continue}&resourceVersion=3`,
    );
    expect(code).toBe(400);
    expect(body).toMatchObject({
      message: 'specifying resource version is not allowed when using continue',
    });
  });
});
