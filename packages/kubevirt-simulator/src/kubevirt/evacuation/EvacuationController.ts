/**
 * Empties nodes: for each instance that is to leave its node a migration is made, never
 * more at once than the limits allow, and made again when it has failed.
 */
import { instanceKeyOf, ReconcileQueue } from '../access';
import type { ClusterContext } from '../ClusterContext';
import { delay, type FateRequest } from '../fate';
import {
  ANNOTATIONS,
  isFinal,
  keyOf,
  type VirtualMachineInstance,
} from '../objects';
import { migrationInput } from '../migration';

/** Evictions of a drain reach the API server one after the other. */
const EVICTION_INTERVAL_MS = 25;

export class EvacuationController {
  readonly #context: ClusterContext;
  readonly #queue: ReconcileQueue;
  /** What the migrations of a drain are to meet. */
  readonly #draining = new Map<string, () => FateRequest>();
  /** Keys of the instances that are to leave a node. */
  readonly #leaving = new Map<string, Set<string>>();

  constructor(context: ClusterContext) {
    this.#context = context;
    this.#queue = new ReconcileQueue(context.clock, node =>
      this.#reconcile(node),
    );
  }

  start(): void {
    const { objects, pods } = this.#context;
    objects.instances.subscribe(({ key, previous, current }) => {
      this.#track(key, previous, current);
      const node = current?.status?.nodeName;
      if (current && node && this.#draining.has(node)) {
        this.#evictLater(current, 0);
      }
    });
    objects.migrations.subscribe(({ current }) => {
      if (!current || isFinal(current)) this.#enqueueAll();
    });
    pods.subscribe(change => {
      if (change === 'removed') this.#enqueueAll();
    });
  }

  /** Cordons a node and has every instance leave it, now and until {@link uncordon}. */
  drain(node: string, fateOfEach: () => FateRequest): void {
    this.#context.nodes.setCordoned(node, true);
    this.#draining.set(node, fateOfEach);
    this.#context.objects
      .instancesOn(node)
      .forEach((instance, index) =>
        this.#evictLater(instance, index * EVICTION_INTERVAL_MS),
      );
  }

  uncordon(node: string): void {
    this.#draining.delete(node);
    this.#context.nodes.setCordoned(node, false);
  }

  /** The descheduler's eviction of one instance. */
  evict(key: string): void {
    this.#context.objects.instances.update(key, draft => {
      draft.metadata.annotations = {
        ...draft.metadata.annotations,
        [ANNOTATIONS.evictionSource]: 'descheduler',
      };
      draft.status = {
        ...draft.status,
        evacuationNodeName: draft.status?.nodeName,
      };
    });
  }

  #evictLater(instance: VirtualMachineInstance, delayMs: number): void {
    const { clock, objects } = this.#context;
    const { namespace, name } = instance.metadata;
    const node = instance.status?.nodeName;
    clock.schedule(delayMs, () => {
      const current = objects.instances.get(keyOf(namespace, name));
      const stays =
        current?.status?.nodeName === node &&
        current?.status?.evacuationNodeName !== node;
      if (!stays || !node || !this.#draining.has(node)) return;
      objects.instances.update(keyOf(namespace, name), draft => {
        draft.status = { ...draft.status, evacuationNodeName: node };
      });
    });
  }

  #reconcile(node: string): void {
    const { objects, random, fates } = this.#context;
    for (const instance of this.#candidates(node).slice(0, this.#free(node))) {
      const { namespace, name, annotations } = instance.metadata;
      const isRebalancing =
        annotations?.[ANNOTATIONS.evictionSource] === 'descheduler';
      const created = objects.migrations.create(
        migrationInput(
          isRebalancing ? 'descheduler' : 'evacuation',
          { namespace, instanceName: name, sourceNode: node },
          random,
        ),
      );
      fates.settle(created.metadata.uid, this.#draining.get(node)?.());
    }
  }

  /** To leave, not on the way, and with no pod left over from an attempt that failed. */
  #candidates(node: string): VirtualMachineInstance[] {
    const { objects, pods } = this.#context;
    const leaving = [...(this.#leaving.get(node) ?? [])].flatMap(
      key => objects.instances.get(key) ?? [],
    );
    return leaving.filter(({ metadata, status }) => {
      const { namespace, name, deletionTimestamp } = metadata;
      return (
        status?.nodeName === node &&
        status.phase === 'Running' &&
        !deletionTimestamp &&
        pods.of(namespace, name).length === 1 &&
        objects.migrationsOf(keyOf(namespace, name)).every(isFinal)
      );
    });
  }

  #free(node: string): number {
    const { objects, settings } = this.#context;
    const unfinished = objects.unfinishedMigrations();
    const outbound = unfinished.filter(
      migration =>
        objects.instances.get(instanceKeyOf(migration))?.status?.nodeName ===
        node,
    );
    const { parallelMigrationsPerCluster, parallelOutboundMigrationsPerNode } =
      settings.migrations;
    return Math.max(
      0,
      Math.min(
        parallelMigrationsPerCluster - unfinished.length,
        parallelOutboundMigrationsPerNode - outbound.length,
      ),
    );
  }

  #track(
    key: string,
    previous: VirtualMachineInstance | undefined,
    current: VirtualMachineInstance | undefined,
  ): void {
    const before = previous?.status?.evacuationNodeName;
    const after = current?.status?.evacuationNodeName;
    if (before && before !== after) {
      this.#leaving.get(before)?.delete(key);
      if (this.#leaving.get(before)?.size === 0) this.#leaving.delete(before);
    }
    if (!after) return;
    this.#leaving.set(after, (this.#leaving.get(after) ?? new Set()).add(key));
    this.#enqueue(after);
  }

  #enqueueAll(): void {
    for (const node of this.#leaving.keys()) this.#enqueue(node);
  }

  #enqueue(node: string): void {
    const { random, settings } = this.#context;
    this.#queue.add(node, delay(random, settings.timings.reconcile));
  }
}
