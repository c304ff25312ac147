import { HttpClient } from '../__testUtils__';
import { bootstrapCluster } from '../apiserver';
import { VirtualClock } from '../clock';
import { SeededRandom } from '../random';
import { CORE_RESOURCES, KUBEVIRT_RESOURCES, ObjectStore } from '../store';
import { ServedClusters } from './ServedClusters';

describe('ServedClusters', () => {
  it('serves each cluster under its context', async () => {
    const clock = new VirtualClock(0);
    const stores = ['kista-1', 'solna'].map(name => {
      const store = new ObjectStore({
        clock,
        random: SeededRandom.create(1),
        resources: [...KUBEVIRT_RESOURCES, ...CORE_RESOURCES],
      });
      bootstrapCluster(store);
      return [name, store] as const;
    });
    const served = await ServedClusters.start({
      stores: new Map(stores),
      clock,
      controlPort: 0,
    });
    const {
      clusters,
      contexts,
      'current-context': current,
    } = served.kubeconfig();
    expect(contexts.map(({ name }) => name)).toEqual(['kista-1', 'solna']);
    expect(current).toBe('kista-1');
    for (const { name, cluster } of clusters) {
      const client = new HttpClient(cluster.server);
      const path = '/api/v1/namespaces/default';
      expect(await client.send(path)).toMatchObject({ code: 200 });
      expect(served.faultsUrl).toMatch(/\/simulator\/faults$/);
      expect(name).toBe(
        served.clusters.find(({ server }) => server.url === cluster.server)
          ?.name,
      );
      await client.close();
    }
    await served.stop();
  });
});
