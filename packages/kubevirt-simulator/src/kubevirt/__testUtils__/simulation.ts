import { VirtualClock } from '../../clock';
import { SeededRandom } from '../../random';
import type { KubernetesObject, StoreEventType } from '../../store';
import { Fleet } from '../Fleet';
import type { KubeVirtCluster } from '../KubeVirtCluster';
import type { KubeVirtSettings } from '../settings';

/** A change of an object as a watcher of its cluster sees it. */
export interface HistoryEvent {
  atMs: number;
  cluster: string;
  resource: string;
  type: StoreEventType;
  object: KubernetesObject;
}

export const WEB = { namespace: 'shop', name: 'web-1' };

export const START = '2026-03-04T10:00:00Z';

/** Two clusters, `cluster-a` and `cluster-b`, with a VM `shop/web-1` running in the first. */
export class Simulation {
  readonly clock = new VirtualClock(Date.parse(START));
  readonly fleet: Fleet;
  readonly a: KubeVirtCluster;
  readonly b: KubeVirtCluster;
  readonly history: HistoryEvent[] = [];

  constructor(seed = 1, settings: Partial<KubeVirtSettings> = {}) {
    this.fleet = new Fleet({
      clock: this.clock,
      random: SeededRandom.create(seed),
    });
    this.a = this.#addCluster(
      'cluster-a',
      ['node-1', 'node-2', 'node-3'],
      settings,
    );
    this.b = this.#addCluster(
      'cluster-b',
      ['compute-1', 'compute-2', 'compute-3'],
      settings,
    );
    this.a.createVirtualMachine(WEB, {
      node: 'node-1',
      sinceMs: Date.parse('2026-01-01T00:00:00Z'),
    });
  }

  /** The events of one resource, of one object when it is named. */
  eventsOf(cluster: string, resource: string, name?: string): HistoryEvent[] {
    return this.history.filter(
      event =>
        event.cluster === cluster &&
        event.resource === resource &&
        (name === undefined || event.object.metadata.name === name),
    );
  }

  #addCluster(
    name: string,
    nodes: string[],
    settings: Partial<KubeVirtSettings>,
  ): KubeVirtCluster {
    const cluster = this.fleet.addCluster({ name, nodes, settings });
    cluster.store.subscribe(({ type, resource, current }) =>
      this.history.push({
        atMs: this.clock.now(),
        cluster: name,
        resource: resource.plural,
        type,
        object: current.object,
      }),
    );
    return cluster;
  }
}
