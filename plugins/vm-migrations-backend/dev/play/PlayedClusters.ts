import { randomBytes } from 'node:crypto';
import type { JsonObject } from '@backstage/types';
import type { Cluster } from 'backstage-plugin-vm-migrations-common';
import {
  ALL_RULES,
  ApiServer,
  CORE_RESOURCES,
  KUBEVIRT_RESOURCES,
  ObjectStore,
  SeededRandom,
  VirtualClock,
  type SequenceEvent,
} from 'kubevirt-simulator';
import { WATCHED_RESOURCES } from '../../src/kubevirt';
import type { WatchName } from './watchLags';

/** Enough history to resume from anywhere in a played file. */
const HISTORY_LIMIT = 1_000_000;

const USER = 'play';

interface PlayedCluster {
  store: ObjectStore;
  server: ApiServer;
  /** The faults that hold watches back, by resource. */
  held: Map<string, number>;
}

/**
 * The clusters of played files, each an API server on the loopback interface that holds
 * what the file says, event by event. Their time stands still.
 */
export class PlayedClusters {
  readonly #clusters: Map<string, PlayedCluster>;
  readonly #token: string;

  private constructor(clusters: Map<string, PlayedCluster>, token: string) {
    this.#clusters = clusters;
    this.#token = token;
  }

  /** Starts an empty cluster for each name. */
  static async start(names: Iterable<string>): Promise<PlayedClusters> {
    const clock = new VirtualClock(Date.now());
    const random = SeededRandom.create(1);
    const token = randomBytes(16).toString('hex');
    const clusters = new Map<string, PlayedCluster>();
    for (const name of new Set(names)) {
      const store = new ObjectStore({
        clock,
        random: random.fork(),
        resources: [...CORE_RESOURCES, ...KUBEVIRT_RESOURCES],
        historyLimit: HISTORY_LIMIT,
      });
      const server = await ApiServer.start({
        name,
        store,
        clock,
        users: [{ name: USER, token, rules: ALL_RULES }],
      });
      clusters.set(name, { store, server, held: new Map() });
    }
    return new PlayedClusters(clusters, token);
  }

  /** `vmMigrations.clusters` for a backend that is to watch them. */
  configuration(): JsonObject[] {
    return [...this.#clusters].map(([name, { server }]) => ({
      name,
      url: server.url,
      serviceAccountToken: this.#token,
    }));
  }

  /** Makes the event happen: the object is stored as it is, and watchers are told. */
  emit({ cluster, type, resource, object }: SequenceEvent): void {
    this.#of(cluster).store.put(type, resource, object);
  }

  /** From now on watchers of the resource are told nothing; what happens is kept for them. */
  hold({ cluster, resource }: WatchName): void {
    const { server, held } = this.#of(cluster);
    if (!held.has(resource)) {
      const match = { resource, verb: 'watch' } as const;
      held.set(resource, server.faults.add({ kind: 'stall', match }));
    }
  }

  /** Tells watchers of the resource what was kept, and what happens, again. */
  release({ cluster, resource }: WatchName): void {
    const { server, held } = this.#of(cluster);
    const fault = held.get(resource);
    if (fault !== undefined) {
      held.delete(resource);
      server.faults.remove(fault);
    }
  }

  releaseAll(): void {
    for (const [cluster, { held }] of this.#clusters) {
      for (const resource of [...held.keys()]) {
        this.release({ cluster, resource });
      }
    }
  }

  /** Tells all watchers up to where they have seen everything. */
  sendBookmarks(): void {
    for (const { server } of this.#clusters.values()) {
      server.sendBookmarks();
    }
  }

  /** Every resource of every cluster is being watched, by a process that began then. */
  areWatched(clusters: Cluster[], begunAt: Date): boolean {
    return this.#all(clusters, ({ resources }) =>
      resources.every(
        ({ phase, since }) =>
          phase === 'watching' && since >= begunAt.toISOString(),
      ),
    );
  }

  /** Everything that watchers were told is in the record. */
  areRecorded(clusters: Cluster[]): boolean {
    return this.#all(clusters, ({ name, resources }) => {
      const { store, held } = this.#of(name);
      return resources.every(
        ({ resource, resourceVersion }) =>
          held.has(resource) ||
          Number(resourceVersion ?? 0) >= store.resourceVersion,
      );
    });
  }

  async stop(): Promise<void> {
    for (const { server } of this.#clusters.values()) {
      await server.stop();
    }
  }

  #of(name: string): PlayedCluster {
    const cluster = this.#clusters.get(name);
    if (!cluster) {
      throw new Error(`No cluster '${name}' is being played`);
    }
    return cluster;
  }

  #all(clusters: Cluster[], holds: (cluster: Cluster) => boolean): boolean {
    return [...this.#clusters.keys()].every(name => {
      const cluster = clusters.find(candidate => candidate.name === name);
      return (
        cluster?.resources.length === WATCHED_RESOURCES.length && holds(cluster)
      );
    });
  }
}
