import { NotFoundError } from '@backstage/errors';
import {
  directionSeenFrom,
  type Direction,
  type FilterExpression,
  type Migration,
} from 'backstage-plugin-vm-migrations-common';
import type { MigrationReader } from '../store/types';

/*
 * Views of the list of migrations: a filter that the route implies, and how each move looks
 * from what the route is about.
 */

export interface MigrationView {
  filter?: FilterExpression;
  directionOf?(migration: Migration): Direction | undefined;
}

/** Those that have not ended. */
export const activeView: MigrationView = {
  filter: { type: 'term', key: 'outcome', values: ['active'] },
};

/** Into, out of and within a site. @throws NotFoundError if there is no such site */
export async function datacenterView(
  reader: MigrationReader,
  id: string,
): Promise<MigrationView> {
  const datacenters = await reader.listDatacenters({
    migrations: false,
    virtualMachines: false,
  });
  const datacenter = datacenters.find(candidate => candidate.id === id);
  if (!datacenter) {
    throw new NotFoundError(
      `There is no datacenter '${id}'; ${known(
        datacenters.map(site => site.id),
      )}`,
    );
  }
  return {
    filter: { type: 'term', key: 'cluster', values: datacenter.clusters },
    directionOf: migration => directionSeenFrom(migration, datacenter.clusters),
  };
}

/** Into, out of and within a cluster. @throws NotFoundError if there is no such cluster */
export async function clusterView(
  reader: MigrationReader,
  name: string,
): Promise<MigrationView> {
  const names = await clusterNames(reader);
  if (!names.includes(name)) {
    throw new NotFoundError(`There is no cluster '${name}'; ${known(names)}`);
  }
  return {
    filter: { type: 'term', key: 'cluster', values: [name] },
    directionOf: migration => directionSeenFrom(migration, [name]),
  };
}

/** Of all machines of a name. */
export function virtualMachineView(name: string): MigrationView {
  return {
    filter: { type: 'term', key: 'vm', values: [name] },
    directionOf: directionOfMachine,
  };
}

/**
 * Moves that came into a known cluster from another one, that left a known cluster for
 * another one, or that stayed in their cluster. A move between two known clusters is in both
 * of the first two, as KubeVirt has a receiving and a sending object for it.
 */
export async function directionView(
  reader: MigrationReader,
  direction: Direction,
): Promise<MigrationView> {
  const crossCluster: FilterExpression = {
    type: 'term',
    key: 'kind',
    values: ['cross-cluster'],
  };
  if (direction === 'internal') {
    return {
      filter: { type: 'not', operand: crossCluster },
      directionOf: () => direction,
    };
  }
  const names = await clusterNames(reader);
  return {
    filter: {
      type: 'and',
      operands: [
        crossCluster,
        {
          type: 'or',
          operands: names.map(cluster => ({
            type: 'direction',
            direction,
            of: { cluster },
          })),
        },
      ],
    },
    directionOf: () => direction,
  };
}

/**
 * Seen from where the machine stands after the move: it came in when it arrived, and else it
 * went out, or tried to. Of a half whose other one is not known it is that half's view.
 */
function directionOfMachine(migration: Migration): Direction {
  const { kind, source, target, outcome } = migration;
  if (kind !== 'cross-cluster') {
    return 'internal';
  }
  if (source.cluster === undefined) {
    return 'incoming';
  }
  if (target.cluster === undefined) {
    return 'outgoing';
  }
  return outcome === 'succeeded' ? 'incoming' : 'outgoing';
}

async function clusterNames(reader: MigrationReader): Promise<string[]> {
  const clusters = await reader.listClusters();
  return clusters.map(({ name }) => name);
}

function known(names: string[]): string {
  return names.length > 0 ? `known are ${names.join(', ')}` : 'none is known';
}
