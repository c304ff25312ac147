/**
 * Moves virtual machines to another cluster (or namespace) as Forklift's live plans do: a
 * machine that waits at the target, the receiving migration first, the sending one when
 * the receiver's address is known, a look every few seconds, and both migrations deleted
 * at the end.
 */
import type { Clock } from '../clock';
import { uuid, type Random } from '../random';
import {
  FAILURE_CLASSES,
  LATE_CANCEL_REPORT_MS,
  type CancelMoment,
  type FailureClass,
  type FateRequest,
} from './fate';
import type { KubeVirtCluster, ObjectName } from './KubeVirtCluster';
import type { MigrationInput } from './migration';
import {
  FINALIZERS,
  isFinal,
  keyOf,
  LABELS,
  type VirtualMachineInstanceMigration,
} from './objects';
import type { GroundTruth } from './truth';

export type Half = 'source' | 'target';

export interface CrossClusterMove {
  from: KubeVirtCluster;
  vm: ObjectName;
  to: KubeVirtCluster;
  /** The machine's own namespace when absent. */
  toNamespace?: string;
  /** `target` when absent, as Forklift does. */
  firstHalf?: Half;
  /** The only half that is made: its partner never comes. */
  onlyHalf?: Half;
  /** Called by the source instead of the target's synchronization controller. */
  connectURL?: string;
  fail?: FailureClass;
  /** Somebody deletes this half at this moment. */
  cancel?: { half: Half; at: CancelMoment };
  /** Milliseconds of copying. */
  copyMs?: number;
  /** Milliseconds between two looks; 3,000 when absent. */
  pollMs?: number;
  /** Neither migration is deleted at the end. */
  keep?: boolean;
  /** Called when the mover has done its last. */
  onEnd?(): void;
}

/** Forklift's controllers look every 3 s. */
const POLL_MS = 3_000;

/** So many looks after the end of one half the other one is not waited for any longer. */
const PATIENCE = 2;

interface Plan extends CrossClusterMove {
  readonly target: ObjectName;
  readonly labels: Record<string, string>;
  readonly migrationID: string;
  /** The target's machine was there before, and stays when the move comes to nothing. */
  readonly leavesMachine: boolean;
  readonly made: Partial<Record<Half, ObjectName & { uid: string }>>;
  /** Looks since the sending half has ended and the receiving one has not. */
  looksAlone: number;
}

export class CrossClusterMover {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #truth: GroundTruth;

  constructor(options: { clock: Clock; random: Random; truth: GroundTruth }) {
    this.#clock = options.clock;
    this.#random = options.random;
    this.#truth = options.truth;
  }

  /**
   * @returns the migrationID that both halves carry
   * @throws Error when the machine does not run
   */
  move(move: CrossClusterMove): string {
    const { from, vm, to, toNamespace = vm.namespace } = move;
    const machine = from.objects.machines.get(keyOf(vm.namespace, vm.name));
    const instance = from.objects.instances.get(keyOf(vm.namespace, vm.name));
    if (!machine || instance?.status?.phase !== 'Running') {
      throw new Error(
        `Machine ${vm.namespace}/${vm.name} of cluster ${from.name} does not run`,
      );
    }
    const run = uuid(this.#random);
    const plan: Plan = {
      ...move,
      target: { namespace: toNamespace, name: vm.name },
      labels: {
        [LABELS.forkliftMigration]: run,
        [LABELS.forkliftPlan]: uuid(this.#random),
        [LABELS.forkliftMachine]: machine.metadata.uid,
      },
      migrationID: `${machine.metadata.uid}-${run}`,
      leavesMachine:
        to.objects.machines.get(keyOf(toNamespace, vm.name)) !== undefined,
      made: {},
      looksAlone: 0,
    };
    to.prepareReceiver({ cluster: from.name, machine }, toNamespace);
    this.#look(plan);
    return plan.migrationID;
  }

  #look(plan: Plan): void {
    const order = orderOf(plan);
    const next = order.find(half => !plan.made[half]);
    const made = order.filter(half => plan.made[half]);
    if (made.includes('source') && hasEnded(plan, 'source')) {
      plan.looksAlone += 1;
    }
    const isAbandoned = plan.looksAlone > PATIENCE;
    if (
      isAbandoned ||
      (made.length > 0 && hasEnded(plan, decisiveHalf(plan)))
    ) {
      this.#finish(plan);
      return;
    }
    if (next && this.#canMake(plan, next)) this.#make(plan, next);
    this.#later(plan, () => this.#look(plan));
  }

  #canMake(plan: Plan, half: Half): boolean {
    const { namespace, name } = plan.target;
    if (half === 'target') {
      const instance = plan.to.objects.instances.get(keyOf(namespace, name));
      return instance?.status?.phase === 'WaitingForSync';
    }
    // virt-api refuses a second migration of an instance while one is under way.
    return (
      plan.from.canMigrate(plan.vm) &&
      (orderOf(plan)[0] === 'source' || addressOf(plan) !== undefined)
    );
  }

  #make(plan: Plan, half: Half): void {
    const cluster = half === 'target' ? plan.to : plan.from;
    const { namespace, name } = half === 'target' ? plan.target : plan.vm;
    const { migrationID } = plan;
    const connectURL =
      plan.connectURL ??
      addressOf(plan) ??
      plan.to.settings.synchronizationAddress;
    const input: MigrationInput = {
      metadata: {
        namespace,
        generateName: 'forklift-',
        labels: { ...plan.labels, [LABELS.instanceName]: name },
        finalizers: [FINALIZERS.migration],
      },
      spec: {
        vmiName: name,
        ...(half === 'target'
          ? { receive: { migrationID } }
          : { sendTo: { migrationID, connectURL } }),
      },
    };
    const { metadata } = cluster.createMigration(input, fateOf(plan, half));
    const { uid } = metadata;
    plan.made[half] = { namespace, name: metadata.name, uid };
    const partner = migrationOf(plan, half === 'target' ? 'source' : 'target');
    if (!partner) return;
    const [source, target] =
      half === 'source'
        ? [uid, partner.metadata.uid]
        : [partner.metadata.uid, uid];
    this.#truth.paired(source, target);
  }

  #finish(plan: Plan): void {
    // The object itself may be gone, when somebody deleted it just before its success.
    const decisive = plan.made[decisiveHalf(plan)];
    const hasSucceeded =
      decisive && this.#truth.leg(decisive.uid)?.outcome === 'succeeded';
    if (!plan.keep) {
      for (const [half, name] of Object.entries(plan.made)) {
        (half === 'target' ? plan.to : plan.from).deleteMigration(name);
      }
      if (hasSucceeded) this.#endSource(plan);
      else {
        // Its migrations go first, or they would lose their instance unfinished.
        this.#later(plan, () => {
          this.#clearTarget(plan);
          plan.onEnd?.();
        });
        return;
      }
    }
    plan.onEnd?.();
  }

  /** A source that has not noticed the guest's departure must not go on with it. */
  #endSource({ from, vm, made }: Plan): void {
    const outcome = made.source && this.#truth.leg(made.source.uid)?.outcome;
    if (outcome === 'failed') from.setRunStrategy(vm, 'Halted');
  }

  #clearTarget({ to, target, leavesMachine }: Plan): void {
    if (leavesMachine) to.setRunStrategy(target, 'Halted');
    else to.deleteVirtualMachine(target);
  }

  #later({ pollMs = POLL_MS }: Plan, action: () => void): void {
    this.#clock.schedule(pollMs, action);
  }
}

function orderOf({ firstHalf, onlyHalf }: Plan): Half[] {
  if (onlyHalf) return [onlyHalf];
  return firstHalf === 'source' ? ['source', 'target'] : ['target', 'source'];
}

/** The half whose end is the move's. */
function decisiveHalf({ made }: Plan): Half {
  return made.target ? 'target' : 'source';
}

function hasEnded(plan: Plan, half: Half): boolean {
  const migration = migrationOf(plan, half);
  return migration === undefined || isFinal(migration);
}

function migrationOf(
  plan: Plan,
  half: Half,
): VirtualMachineInstanceMigration | undefined {
  const name = plan.made[half];
  const cluster = half === 'target' ? plan.to : plan.from;
  return (
    name && cluster.objects.migrations.get(keyOf(name.namespace, name.name))
  );
}

/** Where the receiving migration says that its cluster can be reached. */
function addressOf(plan: Plan): string | undefined {
  return migrationOf(plan, 'target')?.status?.synchronizationAddresses?.[0];
}

function fateOf(plan: Plan, half: Half): FateRequest {
  const { fail, cancel, copyMs } = plan;
  return {
    fail: fail && FAILURE_CLASSES[fail].half === half ? fail : undefined,
    cancelAt: cancel?.half === half ? cancel.at : undefined,
    copyMs,
    isInterrupted: cancel !== undefined && cancel.at !== 'too-late',
    reportMs: cancel?.at === 'too-late' ? LATE_CANCEL_REPORT_MS : undefined,
  };
}
