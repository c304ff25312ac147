import { HttpClient } from '../__testUtils__';
import { VirtualClock } from '../clock';
import { parseNames, parsePort, parseSeed } from './options';
import { ServedClusters } from './ServedClusters';

describe('ServedClusters', () => {
  it('serves each cluster under its context', async () => {
    const served = await ServedClusters.start({
      names: ['kista-1', 'solna'],
      clock: new VirtualClock(0),
      seed: 1,
      port: 0,
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

describe('options of the command line', () => {
  it('are read', () => {
    expect(parseNames('kista-1, solna')).toEqual(['kista-1', 'solna']);
    expect(parsePort('8001')).toBe(8001);
    expect(parseSeed('-7')).toBe(-7);
  });

  it.each([
    () => parseNames('Kista'),
    () => parseNames('a,,b'),
    () => parseNames('a,a'),
    () => parsePort('70000'),
    () => parsePort('http'),
    () => parseSeed('1.5'),
  ])('are refused when they make no sense', parse => {
    expect(parse).toThrow(
      expect.objectContaining({ code: 'commander.invalidArgument' }),
    );
  });
});
