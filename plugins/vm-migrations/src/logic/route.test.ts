import { english } from '../__testUtils__/english';
import { migration } from '../__testUtils__/migration';
import { routeOf } from './route';

const SITES = new Map([
  ['kista', 'Kista'],
  ['lulea', 'Luleå'],
]);

const KISTA = { cluster: 'kista-1', datacenter: 'kista' };
const LULEA = { cluster: 'lulea-1', datacenter: 'lulea' };

describe('routeOf', () => {
  it('names the site and, behind its cluster, both nodes of a move inside it', () => {
    expect(routeOf(migration(), SITES, english)).toEqual({
      places: { from: 'Kista' },
      cluster: 'kista-1',
      nodes: { from: 'worker-1', to: 'worker-2' },
    });
  });

  it('names both sites, clusters and nodes of a move to another cluster', () => {
    expect(
      routeOf(
        migration({
          kind: 'cross-cluster',
          source: { ...KISTA, node: 'worker-4' },
          target: { ...LULEA, node: 'worker-2' },
        }),
        SITES,
        english,
      ),
    ).toEqual({
      places: { from: 'Kista', to: 'Luleå' },
      nodes: { from: 'kista-1/worker-4', to: 'lulea-1/worker-2' },
    });
  });

  it('lets a cluster without a site stand for itself', () => {
    expect(
      routeOf(
        migration({ source: { cluster: 'lab' }, target: { cluster: 'lab' } }),
        SITES,
        english,
      ).places,
    ).toEqual({ from: 'lab' });
  });

  it('calls a site without a title by its id', () => {
    expect(routeOf(migration(), new Map(), english).places).toEqual({
      from: 'kista',
    });
  });

  it.each([
    ['active', 'no node yet'],
    ['failed', 'no node found'],
    ['timed-out', 'no node found'],
    ['cancelled', 'no node chosen'],
    ['unknown', 'unknown node'],
    ['succeeded', 'unknown node'],
  ] as const)('says of a %s move without a node: %s', (outcome, text) => {
    expect(
      routeOf(migration({ outcome, target: KISTA }), SITES, english).nodes.to,
    ).toBe(text);
  });

  it('never guesses the cluster of a half that nobody has seen', () => {
    const half = migration({
      kind: 'cross-cluster',
      source: { ...KISTA, node: 'worker-4' },
      target: {},
    });
    expect(routeOf(half, SITES, english)).toEqual({
      places: { from: 'Kista', to: 'unknown cluster' },
      nodes: { from: 'kista-1/worker-4', to: 'unknown cluster' },
    });
    expect(
      routeOf({ ...half, target: { node: 'worker-9' } }, SITES, english).nodes
        .to,
    ).toBe('unknown cluster, worker-9');
  });
});
