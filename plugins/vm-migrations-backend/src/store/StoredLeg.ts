import { createHash } from 'node:crypto';
import type { Leg } from '../tracking';
import { nameColumn, parseJson } from './columns';
import type { LegRow } from './rows';
import {
  virtualMachineId,
  type VirtualMachineReference,
} from './virtualMachineRow';

/** A leg with what only the store knows of it. */
export interface StoredLeg {
  leg: Leg;
  /**
   * Id of the record of which this leg is the first: its uid, or `<uid>@<cluster>` when
   * another cluster had a leg of that uid before (a cluster restored from a backup of another
   * one gives uids a second time).
   */
  ownId: string;
  /** The record that it belongs to; its own record exists if this equals `ownId`. */
  migrationId?: string;
  /** That record is under way. */
  active: boolean;
  /** Its instance may still say where the leg started. */
  awaitsInstance: boolean;
}

/** Key under which a leg is looked for; a uid cannot hold a space. */
export function legKey({ cluster, uid }: { cluster: string; uid: string }) {
  return `${uid} ${cluster}`;
}

/** The leg's object has been seen and is, as far as is known, still there. */
export function isPresent(leg: Leg): boolean {
  return leg.seen && !leg.gone?.[0];
}

/** The instance that a leg moves; its cluster, namespace and name are those of its VM. */
export function instanceReferenceOf(leg: Leg): VirtualMachineReference {
  return {
    cluster: leg.cluster,
    namespace: leg.facts.namespace?.[0] ?? '',
    name: leg.facts.vmiName?.[0] ?? '',
  };
}

/** Longest migrationID that is its own key. */
const MAX_KEY_LENGTH = 253;

/**
 * What both halves of a pair are stored under. A migrationID is any text that the caller
 * of KubeVirt made up, so one that no index could hold is replaced by its hash.
 */
export function migrationKeyOf(leg: Leg): string | undefined {
  const migrationID = leg.facts.migrationID?.[0];
  if (!migrationID) {
    return undefined;
  }
  return migrationID.length <= MAX_KEY_LENGTH && !migrationID.includes('\u0000')
    ? migrationID
    : createHash('sha256').update(migrationID).digest('hex');
}

export function legRowOf(stored: StoredLeg): LegRow {
  const { leg, ownId, migrationId, active, awaitsInstance } = stored;
  return {
    uid: leg.uid,
    cluster: leg.cluster,
    own_id: ownId,
    migration_id: migrationId ?? null,
    namespace: nameColumn(leg.facts.namespace?.[0]),
    name: nameColumn(leg.facts.name?.[0]),
    vmi_name: nameColumn(leg.facts.vmiName?.[0]),
    migration_key: migrationKeyOf(leg) ?? null,
    active: active ? 1 : 0,
    present: isPresent(leg) ? 1 : 0,
    awaited_instance: awaitsInstance
      ? nameColumn(virtualMachineId(instanceReferenceOf(leg)))
      : null,
    data: JSON.stringify(leg),
  };
}

export function storedLegOf(row: LegRow): StoredLeg {
  return {
    leg: parseJson(row.data),
    ownId: row.own_id,
    migrationId: row.migration_id ?? undefined,
    active: row.active === 1,
    awaitsInstance: row.awaited_instance !== null,
  };
}
