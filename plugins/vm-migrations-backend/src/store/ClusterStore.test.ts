import type { Knex } from 'knex';
import type { ResourceHealth } from 'backstage-plugin-vm-migrations-common';
import { describeEachDatabase } from '../__testUtils__/databases';
import { timeAt } from '../__testUtils__/observations';
import { MIGRATIONS } from '../kubevirt/resources';
import { ClusterStore } from './ClusterStore';
import { listClusters } from './read/clusters';

function health(options: Partial<ResourceHealth>): ResourceHealth[] {
  return [
    {
      resource: MIGRATIONS.plural,
      phase: 'watching',
      since: timeAt(0),
      consecutiveFailures: 0,
      ...options,
    },
  ];
}

const failingSince = (seconds: number) =>
  health({
    phase: 'backing-off',
    since: timeAt(seconds),
    lastError: 'connection refused',
    consecutiveFailures: 1,
  });

describeEachDatabase('ClusterStore', createDatabase => {
  let knex: Knex;
  let store: ClusterStore;

  beforeEach(async () => {
    knex = await createDatabase();
    store = new ClusterStore(knex);
  });

  const kista = { id: 'kista', title: 'Kista', clusters: ['alpha'] };

  it('keeps a cluster that is no longer configured, in its last site', async () => {
    await store.saveClusters([{ name: 'alpha' }, { name: 'beta' }], [kista]);
    await store.saveClusters([{ name: 'beta' }], []);

    expect(await listClusters(knex)).toMatchObject([
      { name: 'alpha', state: 'unconfigured', datacenter: 'kista' },
      { name: 'beta', state: 'connecting', datacenter: undefined },
    ]);
  });

  it('changes nothing when the configuration is the same', async () => {
    const first = await store.saveClusters([{ name: 'alpha' }], [kista]);
    const second = await store.saveClusters([{ name: 'alpha' }], [kista]);

    expect(first.changed).toBe(true);
    expect(second).toEqual({ position: first.position, changed: false });
  });

  it('changes nothing when the health is the same', async () => {
    await store.saveClusters([{ name: 'alpha' }], []);
    const first = await store.saveHealth('alpha', health({}));
    const second = await store.saveHealth('alpha', health({}));

    expect(first.changed).toBe(true);
    expect(second).toEqual({ position: first.position, changed: false });
  });

  it('remembers since when a cluster is blind, whatever is tried meanwhile', async () => {
    await store.saveClusters([{ name: 'alpha' }], []);
    await store.saveHealth('alpha', health({}));
    await store.saveHealth('alpha', failingSince(10));
    await store.saveHealth('alpha', failingSince(20));
    expect(await listClusters(knex)).toMatchObject([
      { state: 'blind', blindSince: timeAt(10) },
    ]);

    await store.saveHealth('alpha', health({ since: timeAt(30) }));
    const [seen] = await listClusters(knex);
    expect(seen.blindSince).toBeUndefined();
  });

  it('does not write the health of a cluster that another replica watches', async () => {
    await store.saveClusters([{ name: 'alpha' }], []);
    await knex('leases').insert({
      cluster: 'alpha',
      holder: 'other',
      expires_at: 0,
      fencing: 5,
    });

    await expect(store.saveHealth('alpha', health({}), 4)).rejects.toThrow(
      "Cluster 'alpha' is watched by another replica",
    );
    await store.saveHealth('alpha', health({}), 5);
    expect(await listClusters(knex)).toMatchObject([
      { resources: [{ phase: 'watching' }] },
    ]);
  });
});
