/**
 * One simulated KubeVirt cluster over a store: virt-controller, virt-handler, scheduler and
 * kubelets, driven by a clock. Whoever writes to the store from outside, such as kubectl
 * through the API server, is answered like whoever calls this class.
 */
import type { Clock } from '../clock';
import type { Random } from '../random';
import type { ObjectStore } from '../store';
import { EventRecorder, KubeVirtObjects, StoppableClock } from './access';
import type { ClusterContext } from './ClusterContext';
import { EvacuationController } from './evacuation';
import {
  FailureInjector,
  MigrationFates,
  type FateRequest,
  type LocalFailureClass,
} from './fate';
import { FleetLinks } from './FleetLinks';
import { SourceHandler, TargetHandler } from './handler';
import { InstanceController, InstanceHeartbeat } from './instance';
import {
  MachineController,
  runStrategyOf,
  type VirtualMachineSpec,
} from './machine';
import {
  markInstance,
  MigrationController,
  migrationInput,
  type MigrationCause,
  type MigrationInput,
} from './migration';
import {
  ANNOTATIONS,
  isFinal,
  keyOf,
  type VirtualMachine,
  type VirtualMachineInstanceMigration,
} from './objects';
import { MachineFactory, type Placement } from './MachineFactory';
import { Kubelet, LauncherPods, NodePool } from './pods';
import { publishConfiguration } from './publishConfiguration';
import { DEFAULT_SETTINGS, type KubeVirtSettings } from './settings';
import type { GroundTruth } from './truth';

export interface KubeVirtClusterOptions {
  /** Unique in its fleet. */
  name: string;
  /** Serves KUBEVIRT_RESOURCES and CORE_RESOURCES. */
  store: ObjectStore;
  clock: Clock;
  random: Random;
  /** What is absent is as KubeVirt has it by default. */
  settings?: Partial<KubeVirtSettings>;
  nodes: readonly string[];
  /** Machines of the same name get the same uids where this is the same. */
  identity?: string;
  /** To clusters with which guests are exchanged. */
  links?: FleetLinks;
}

export interface MigrateOptions extends FateRequest {
  fail?: LocalFailureClass;
  /** `virtctl` when absent. */
  cause?: Exclude<MigrationCause, 'evacuation' | 'descheduler'>;
  /** The only node that is allowed as a target. */
  node?: string;
}

/** Namespace and name. */
export interface ObjectName {
  namespace: string;
  name: string;
}

export class KubeVirtCluster {
  readonly name: string;
  readonly store: ObjectStore;
  readonly settings: KubeVirtSettings;
  readonly links: FleetLinks;
  readonly #clock: StoppableClock;
  readonly #context: ClusterContext;
  readonly #machines: MachineFactory;
  readonly #evacuation: EvacuationController;

  constructor(options: KubeVirtClusterOptions) {
    const { name, store, random } = options;
    this.name = name;
    this.store = store;
    this.settings = { ...DEFAULT_SETTINGS, ...options.settings };
    this.#clock = new StoppableClock(options.clock);
    this.links = options.links ?? new FleetLinks(this.#clock, random.fork());
    const { timings } = this.settings;
    const fates = new MigrationFates(timings, random.fork());
    const pods = new LauncherPods(random.fork());
    publishConfiguration(store, this.settings);
    this.#context = {
      cluster: name,
      clock: this.#clock,
      random: random.fork(),
      settings: this.settings,
      objects: new KubeVirtObjects(store),
      events: new EventRecorder(store, this.#clock, random.fork()),
      nodes: new NodePool(store, options.nodes),
      pods,
      fates,
      transfers: this.links.transfers,
      truth: this.links.truth,
    };
    this.#machines = new MachineFactory(
      this.#context,
      store,
      options.identity ?? 'simulator',
    );
    this.#tellTruth();
    this.#evacuation = new EvacuationController(this.#context);
    this.#startControllers();
    this.links.synchronization.attach(this.#context);
  }

  /** Read access for whoever plays with the cluster: the objects as its controllers see them. */
  get objects(): KubeVirtObjects {
    return this.#context.objects;
  }

  get nodes(): readonly string[] {
    return this.#context.nodes.names;
  }

  get truth(): GroundTruth {
    return this.links.truth;
  }

  /**
   * Makes a virtual machine, which then starts as its run strategy says.
   *
   * @param placement - for one that is to be running at once, as for long
   */
  createVirtualMachine(spec: VirtualMachineSpec, placement?: Placement): void {
    this.#machines.create(spec, placement);
  }

  /**
   * Makes the machine of another cluster wait here for its guest, in place of one of the
   * same name that is left from an earlier move.
   */
  prepareReceiver(
    source: { cluster: string; machine: VirtualMachine },
    namespace: string,
  ): void {
    const { name } = source.machine.metadata;
    if (this.objects.machines.get(keyOf(namespace, name))) {
      this.setRunStrategy({ namespace, name }, 'WaitAsReceiver', {
        [ANNOTATIONS.restoreRunStrategy]: runStrategyOf(source.machine),
      });
    } else {
      this.#machines.createReceiver(source, namespace);
    }
  }

  /** Also starts and stops it: `Always`, `Halted`, … */
  setRunStrategy(
    { namespace, name }: ObjectName,
    runStrategy: string,
    annotations: Record<string, string> = {},
  ): void {
    this.objects.machines.update(keyOf(namespace, name), draft => {
      draft.spec.runStrategy = runStrategy;
      draft.metadata.annotations = {
        ...draft.metadata.annotations,
        ...annotations,
      };
    });
  }

  /** Its instance goes with it. */
  deleteVirtualMachine({ namespace, name }: ObjectName): void {
    this.objects.machines.delete(keyOf(namespace, name));
  }

  /** Whether an instance runs and is not being moved already. */
  canMigrate({ namespace, name }: ObjectName): boolean {
    const key = keyOf(namespace, name);
    const instance = this.objects.instances.get(key);
    return (
      instance?.status?.phase === 'Running' &&
      !instance.metadata.deletionTimestamp &&
      this.objects.migrationsOf(key).every(isFinal)
    );
  }

  /**
   * Moves a running instance to another node.
   *
   * @throws Error when virt-api would refuse it: no such running instance, or one that is
   *   being moved already
   */
  migrate(
    instance: ObjectName,
    options: MigrateOptions = {},
  ): VirtualMachineInstanceMigration {
    const { cause = 'virtctl', node, ...fate } = options;
    const { namespace, name } = instance;
    const key = keyOf(namespace, name);
    this.#refuseImpossible(key, options);
    this.objects.instances.update(key, draft =>
      markInstance(draft, cause, this.#clock.now()),
    );
    return this.createMigration(
      migrationInput(
        cause,
        { namespace, instanceName: name, targetNode: node },
        this.#context.random,
      ),
      fate,
    );
  }

  /** Creates a migration as it is given, nothing checked, and settles its fate. */
  createMigration(
    input: MigrationInput,
    fate: FateRequest = {},
  ): VirtualMachineInstanceMigration {
    const { metadata } = this.objects.migrations.create(input);
    this.#context.fates.settle(metadata.uid, fate);
    const key = keyOf(metadata.namespace ?? '', metadata.name);
    const migration = this.objects.migrations.get(key);
    if (!migration) throw new Error(`Migration ${key} is not as it must be`);
    return migration;
  }

  /** A person cancels a migration, or clears it away when it has ended: by deleting it. */
  deleteMigration({ namespace, name }: ObjectName): void {
    this.objects.migrations.delete(keyOf(namespace, name));
  }

  /**
   * Cordons a node; every instance leaves it, and none comes until {@link uncordon}.
   *
   * @param fateOfEach - asked for each migration that the drain makes
   */
  drain(node: string, fateOfEach: () => FateRequest = () => ({})): void {
    this.#evacuation.drain(node, fateOfEach);
  }

  uncordon(node: string): void {
    this.#evacuation.uncordon(node);
  }

  /** The descheduler evicts one instance to balance the load. */
  evict({ namespace, name }: ObjectName): void {
    this.#evacuation.evict(keyOf(namespace, name));
  }

  /** Nothing happens any more. The objects stay as they are. */
  stop(): void {
    this.#clock.stop();
  }

  #startControllers(): void {
    const context = this.#context;
    const { clock, random, pods, nodes, fates, settings } = context;
    const { timings } = settings;
    const chance = random.fork();
    for (const part of [
      new Kubelet({ clock, random: chance, timings, pods, nodes, fates }),
      new MachineController(context),
      new InstanceController(context),
      new MigrationController(context),
      new TargetHandler(context),
      new SourceHandler(context),
      new FailureInjector(context),
      this.#evacuation,
    ]) {
      part.start();
    }
    if (timings.heartbeat) {
      new InstanceHeartbeat(context, timings.heartbeat).start();
    }
  }

  #tellTruth(): void {
    const { objects, truth, fates, cluster } = this.#context;
    objects.migrations.subscribe(({ previous, current }) => {
      if (previous && previous.metadata.uid !== current?.metadata.uid) {
        truth.deleted(previous.metadata.uid);
        fates.forget(previous.metadata.uid);
      }
      if (!current) return;
      if (previous?.metadata.uid !== current.metadata.uid) {
        const instance = objects.instanceOf(current);
        truth.created(cluster, current, instance?.status?.nodeName);
      }
      truth.entered(current);
    });
  }

  #refuseImpossible(key: string, { fail }: MigrateOptions): void {
    if (this.objects.instances.get(key)?.status?.phase !== 'Running') {
      throw new Error(`Instance ${key} of cluster ${this.name} does not run`);
    }
    const isMoving = !this.objects.migrationsOf(key).every(isFinal);
    if (isMoving && fail !== 'other-in-progress') {
      throw new Error(`Instance ${key} of cluster ${this.name} moves already`);
    }
  }
}
