import type { ObjectStore } from '../../store';
import {
  isFinal,
  keyOf,
  RESOURCES,
  virtualMachineInstanceMigrationSchema,
  virtualMachineInstanceSchema,
  virtualMachineSchema,
  type VirtualMachine,
  type VirtualMachineInstance,
  type VirtualMachineInstanceMigration,
} from '../objects';
import { ObjectCache } from './ObjectCache';

/** What virt-controller knows of its cluster, with the indexes it asks by. */
export class KubeVirtObjects {
  readonly machines: ObjectCache<VirtualMachine>;
  readonly instances: ObjectCache<VirtualMachineInstance>;
  readonly migrations: ObjectCache<VirtualMachineInstanceMigration>;
  readonly #migrationsByInstance = new Map<string, Set<string>>();
  readonly #migrationsByUid = new Map<string, string>();
  readonly #unfinished = new Set<string>();
  readonly #instancesByNode = new Map<string, Set<string>>();

  constructor(store: ObjectStore) {
    this.machines = new ObjectCache(
      store,
      RESOURCES.machines,
      virtualMachineSchema,
    );
    this.instances = new ObjectCache(
      store,
      RESOURCES.instances,
      virtualMachineInstanceSchema,
    );
    this.migrations = new ObjectCache(
      store,
      RESOURCES.migrations,
      virtualMachineInstanceMigrationSchema,
    );
    for (const migration of this.migrations.values()) {
      this.#index(undefined, migration);
    }
    for (const instance of this.instances.values()) {
      this.#indexNode(undefined, instance);
    }
    this.migrations.subscribe(({ previous, current }) =>
      this.#index(previous, current),
    );
    this.instances.subscribe(({ previous, current }) =>
      this.#indexNode(previous, current),
    );
  }

  /** Of one instance, oldest first. */
  migrationsOf(instanceKey: string): VirtualMachineInstanceMigration[] {
    return this.#found(this.#migrationsByInstance.get(instanceKey)).sort(
      byCreation,
    );
  }

  /** Not final yet, oldest first. */
  unfinishedMigrations(): VirtualMachineInstanceMigration[] {
    return this.#found(this.#unfinished).sort(byCreation);
  }

  migrationByUid(
    uid: string | undefined,
  ): VirtualMachineInstanceMigration | undefined {
    const key = uid === undefined ? undefined : this.#migrationsByUid.get(uid);
    return key === undefined ? undefined : this.migrations.get(key);
  }

  instanceOf(
    migration: VirtualMachineInstanceMigration,
  ): VirtualMachineInstance | undefined {
    return this.instances.get(instanceKeyOf(migration));
  }

  instancesOn(node: string): VirtualMachineInstance[] {
    return [...(this.#instancesByNode.get(node) ?? [])].flatMap(
      key => this.instances.get(key) ?? [],
    );
  }

  #found(keys: Iterable<string> = []): VirtualMachineInstanceMigration[] {
    return [...keys].flatMap(key => this.migrations.get(key) ?? []);
  }

  #index(
    previous: VirtualMachineInstanceMigration | undefined,
    current: VirtualMachineInstanceMigration | undefined,
  ): void {
    const gone = previous && previous.metadata.uid !== current?.metadata.uid;
    if (gone) {
      const key = keyOf(previous.metadata.namespace, previous.metadata.name);
      removeFrom(this.#migrationsByInstance, instanceKeyOf(previous), key);
      this.#migrationsByUid.delete(previous.metadata.uid);
      this.#unfinished.delete(key);
    }
    if (!current) return;
    const key = keyOf(current.metadata.namespace, current.metadata.name);
    addTo(this.#migrationsByInstance, instanceKeyOf(current), key);
    this.#migrationsByUid.set(current.metadata.uid, key);
    if (isFinal(current)) this.#unfinished.delete(key);
    else this.#unfinished.add(key);
  }

  #indexNode(
    previous: VirtualMachineInstance | undefined,
    current: VirtualMachineInstance | undefined,
  ): void {
    const before = previous?.status?.nodeName;
    const after = current?.status?.nodeName;
    if (previous && before && before !== after) {
      const { namespace, name } = previous.metadata;
      removeFrom(this.#instancesByNode, before, keyOf(namespace, name));
    }
    if (current && after) {
      const { namespace, name } = current.metadata;
      addTo(this.#instancesByNode, after, keyOf(namespace, name));
    }
  }
}

/** Key of the instance that a migration moves. */
export function instanceKeyOf(
  migration: VirtualMachineInstanceMigration,
): string {
  return keyOf(migration.metadata.namespace, migration.spec.vmiName);
}

function byCreation(
  a: VirtualMachineInstanceMigration,
  b: VirtualMachineInstanceMigration,
): number {
  const [first, second] = [a.metadata, b.metadata];
  if (first.creationTimestamp !== second.creationTimestamp) {
    return first.creationTimestamp < second.creationTimestamp ? -1 : 1;
  }
  return first.name < second.name ? -1 : 1;
}

function addTo(index: Map<string, Set<string>>, by: string, key: string): void {
  const keys = index.get(by) ?? new Set();
  keys.add(key);
  index.set(by, keys);
}

function removeFrom(
  index: Map<string, Set<string>>,
  by: string,
  key: string,
): void {
  const keys = index.get(by);
  keys?.delete(key);
  if (keys?.size === 0) index.delete(by);
}
