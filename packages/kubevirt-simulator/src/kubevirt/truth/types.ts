import type { MigrationRole } from '../objects';

/** `unknown`: the object went before it was final. */
export type TrueOutcome =
  | 'active'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'timed-out'
  | 'unknown';

export interface TruePlace {
  cluster: string;
  /** Absent when the outside never got to see one. */
  node?: string;
}

/** One VirtualMachineInstanceMigration. Times are ISO 8601 with milliseconds. */
export interface LegTruth {
  cluster: string;
  uid: string;
  name: string;
  namespace: string;
  instanceName: string;
  role: MigrationRole;
  migrationID?: string;
  outcome: TrueOutcome;
  /** The text that KubeVirt gave, if any. */
  failureReason?: string;
  /** Of a receiving half unknown until its partner is found. */
  source?: TruePlace;
  /** Of a sending half unknown until the hand-off; the node of any is. */
  target?: TruePlace;
  /** In order of entry. */
  phases: string[];
  createdAt: string;
  /** When copying began. */
  startedAt?: string;
  /** When the phase became final. */
  endedAt?: string;
  /** The object is gone. */
  deleted: boolean;
}

/** One move: a local leg, or the halves of a pair, of which the target decides. */
export interface MoveTruth {
  /** Of both halves the source's comes first. */
  uids: string[];
  vm: { namespace: string; name: string };
  kind: 'in-cluster' | 'cross-cluster' | 'cross-namespace';
  migrationID?: string;
  outcome: TrueOutcome;
  failureReason?: string;
  source?: TruePlace;
  target?: TruePlace;
  /** Set when the halves ended differently. */
  disagreement?: { source: TrueOutcome; target: TrueOutcome };
  createdAt: string;
  startedAt?: string;
  endedAt?: string;
}
