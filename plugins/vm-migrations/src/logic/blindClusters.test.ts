import type {
  Cluster,
  ClusterState,
} from 'backstage-plugin-vm-migrations-common';
import { endedMigration, migration } from '../__testUtils__/migration';
import { blindClusterOf } from './blindClusters';

function clusters(
  states: Record<string, ClusterState>,
): ReadonlyMap<string, Cluster> {
  return new Map(
    Object.entries(states).map(([name, state]) => [
      name,
      {
        name,
        state,
        resources: [],
        virtualMachines: 0,
        activeMigrations: 0,
        revision: 1,
      },
    ]),
  );
}

const PAIR = migration({
  kind: 'cross-cluster',
  source: { cluster: 'a' },
  target: { cluster: 'b' },
});

describe('blindClusterOf', () => {
  it('finds nothing while both ends are seen', () => {
    expect(
      blindClusterOf(PAIR, clusters({ a: 'live', b: 'degraded' })),
    ).toBeUndefined();
    expect(blindClusterOf(PAIR, clusters({}))).toBeUndefined();
  });

  it('names the target before the source, because the target decides', () => {
    expect(
      blindClusterOf(PAIR, clusters({ a: 'blind', b: 'blind' }))?.name,
    ).toBe('b');
    expect(
      blindClusterOf(PAIR, clusters({ a: 'blind', b: 'live' }))?.name,
    ).toBe('a');
  });

  it('does not matter to a move that has ended', () => {
    expect(
      blindClusterOf(endedMigration(), clusters({ 'kista-1': 'blind' })),
    ).toBeUndefined();
  });
});
