import type {
  LegCondition,
  LegRole,
  VirtualMachine,
} from 'backstage-plugin-vm-migrations-common';

/**
 * Everything about one VirtualMachineInstanceMigration that any object told. A field is
 * absent when the object did not say it. Two objects speak about the same leg: the
 * migration itself, and the VirtualMachineInstance whose `status.migrationState.migrationUid`
 * is the migration's uid, which is the only live truth (docs/kubevirt.md, "Where live data is").
 */
export interface LegFacts {
  name?: string;
  namespace?: string;
  vmiName?: string;
  createdAt?: string;
  role?: LegRole;
  migrationID?: string;
  sendToUrl?: string;
  labels?: Record<string, string>;
  phase?: string;
  /** `status.phaseTransitionTimestamps`, in its own order. */
  reportedTransitions?: { phase: string; at: string }[];
  conditions?: LegCondition[];
  deletionRequestedAt?: string;
  /** KubeVirt has seen the deletion while the move ran (condition `migrationAbortRequested`). */
  abortAcknowledged?: boolean;
  /** Deletion or the abort condition was seen while the phase was not final, or came with it. */
  cancelRequested?: boolean;
  /** Node that is being drained: the source (annotation `kubevirt.io/evacuationMigration`). */
  evacuatedNode?: string;
  vmUid?: string;
  sourceNode?: string;
  sourcePod?: string;
  targetNode?: string;
  targetPod?: string;
  startedAt?: string;
  endedAt?: string;
  completed?: boolean;
  failed?: boolean;
  failureReason?: string;
  abortRequested?: boolean;
  abortStatus?: string;
  mode?: string;
  policyName?: string;
  configuration?: Record<string, unknown>;
  /** uids of the two halves of a decentralized migration. */
  sourceMigrationUid?: string;
  targetMigrationUid?: string;
}

interface ObservationBase {
  cluster: string;
  namespace: string;
  name: string;
  /** Newer observations of one object have a greater version (its resourceVersion). */
  version: number;
  /** When this portal saw it. */
  observedAt: string;
  /** The object is gone; the facts are the last ones it told. */
  deleted: boolean;
}

/** What a VirtualMachineInstanceMigration says. */
export interface MigrationObservation extends ObservationBase {
  kind: 'migration';
  uid: string;
  facts: LegFacts;
}

/** What is kept of a VirtualMachine. */
export type VirtualMachinePart = Pick<
  VirtualMachine,
  | 'uid'
  | 'status'
  | 'runStrategy'
  | 'ready'
  | 'labels'
  | 'createdAt'
  | 'cpu'
  | 'memoryBytes'
>;

/** What is kept of a VirtualMachineInstance. */
export type InstancePart = Pick<
  VirtualMachine,
  | 'instanceUid'
  | 'phase'
  | 'ready'
  | 'node'
  | 'ipAddresses'
  | 'cpu'
  | 'memoryBytes'
  | 'guestOs'
  | 'liveMigratable'
  | 'labels'
  | 'createdAt'
> & { vmUid?: string };

export interface VirtualMachineObservation extends ObservationBase {
  kind: 'virtual-machine';
  machine: VirtualMachinePart;
}

export interface InstanceObservation extends ObservationBase {
  kind: 'instance';
  instance: InstancePart;
  /** What the instance says about the migration that it is, or was last, part of. */
  migration?: { uid: string; facts: LegFacts };
}

export type Observation =
  | MigrationObservation
  | VirtualMachineObservation
  | InstanceObservation;
