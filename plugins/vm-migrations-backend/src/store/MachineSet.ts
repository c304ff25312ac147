import type { Knex } from 'knex';
import type {
  InstanceObservation,
  InstancePart,
  VirtualMachineObservation,
  VirtualMachinePart,
} from '../kubevirt/types';
import { addWhereabouts } from '../tracking';
import { selectIn, upsert } from './chunks';
import type { FeedTransaction } from './changeFeed';
import { parseJson } from './columns';
import type { VirtualMachineRow } from './rows';
import {
  storedMachineOf,
  virtualMachineId,
  virtualMachineRowOf,
  type StoredMachine,
  type StoredPart,
  type VirtualMachineReference,
} from './virtualMachineRow';

type PartName = 'machine' | 'instance';

const NOTHING: StoredPart = { json: null, version: 0 };

/** The virtual machines that one transaction works on, as {@link LegSet} is for legs. */
export class MachineSet {
  readonly #trx: Knex.Transaction;
  readonly #machines = new Map<string, StoredMachine>();
  readonly #loaded = new Set<string>();
  readonly #changed = new Set<string>();

  constructor(trx: Knex.Transaction) {
    this.#trx = trx;
  }

  /** Reads these virtual machines, as far as there are such. */
  async load(references: Iterable<VirtualMachineReference>): Promise<void> {
    const ids = [...references]
      .map(virtualMachineId)
      .filter(id => !this.#loaded.has(id));
    for (const id of ids) {
      this.#loaded.add(id);
    }
    const rows = await selectIn(ids, chunk =>
      this.#trx<VirtualMachineRow>('virtual_machines')
        .select('*')
        .whereIn('id', chunk),
    );
    for (const row of rows) {
      this.#machines.set(row.id, storedMachineOf(row));
    }
  }

  get(reference: VirtualMachineReference): StoredMachine | undefined {
    return this.#machines.get(virtualMachineId(reference));
  }

  values(): Iterable<StoredMachine> {
    return this.#machines.values();
  }

  /** What a VirtualMachine or an instance says. The machine must have been loaded. */
  observe(observation: VirtualMachineObservation | InstanceObservation): void {
    const { version, deleted } = observation;
    if (observation.kind === 'instance') {
      const json = JSON.stringify(observation.instance);
      this.#merge(observation, 'instance', json, version, deleted);
      this.#follow(observation);
    } else {
      const json = JSON.stringify(observation.machine);
      this.#merge(observation, 'machine', json, version, deleted);
    }
  }

  /** The object is gone, as of `version`. */
  markGone(
    reference: VirtualMachineReference,
    part: PartName,
    version: number,
  ): void {
    this.#put(reference, part, { json: null, version });
  }

  /**
   * Writes the machines that are different from what was read.
   *
   * @param updatedAt - milliseconds
   * @returns true if there were any
   */
  async save(feed: FeedTransaction, updatedAt: number): Promise<boolean> {
    const rows = [...this.#changed]
      .map(id => this.#machines.get(id))
      .filter(stored => stored !== undefined)
      .map(stored => virtualMachineRowOf(stored, updatedAt, feed.next()));
    await upsert<VirtualMachineRow, 'id'>({
      trx: this.#trx,
      table: 'virtual_machines',
      key: ['id'],
      rows,
    });
    return rows.length > 0;
  }

  #merge(
    reference: VirtualMachineReference,
    part: PartName,
    json: string,
    version: number,
    deleted: boolean,
  ): void {
    const before = this.get(reference)?.[part] ?? NOTHING;
    const told = { json: deleted ? null : json, version };
    if (version >= before.version) {
      this.#put(reference, part, told);
    } else if (!isSameObject(part, json, before.json)) {
      this.#put(reference, part, told);
      this.#forgetWhereaboutsAfter(reference, part, version);
    }
  }

  /** Keeps where the instance is, also what an older state of it tells. */
  #follow(observation: InstanceObservation): void {
    const { version, instance } = observation;
    const { node, vmUid } = instance;
    const known = this.get(observation)?.whereabouts ?? [];
    const whereabouts =
      node === undefined
        ? known
        : addWhereabouts(known, { node, vmUid, since: version });
    if (whereabouts !== known) {
      this.#change(observation, { whereabouts });
    }
  }

  /** They are of a cluster that is no more, or are about to be told again. */
  #forgetWhereaboutsAfter(
    reference: VirtualMachineReference,
    part: PartName,
    version: number,
  ): void {
    const known = this.get(reference)?.whereabouts ?? [];
    const whereabouts = known.filter(({ since }) => since <= version);
    if (part === 'instance' && whereabouts.length < known.length) {
      this.#change(reference, { whereabouts });
    }
  }

  #put(
    reference: VirtualMachineReference,
    part: PartName,
    told: StoredPart,
  ): void {
    if (told.json !== (this.get(reference)?.[part] ?? NOTHING).json) {
      this.#change(reference, { [part]: told });
    }
  }

  #change(
    reference: VirtualMachineReference,
    change: Partial<StoredMachine>,
  ): void {
    const { cluster, namespace, name } = reference;
    const id = virtualMachineId(reference);
    this.#changed.add(id);
    this.#machines.set(id, {
      machine: NOTHING,
      instance: NOTHING,
      whereabouts: [],
      ...this.#machines.get(id),
      cluster,
      namespace,
      name,
      ...change,
    });
  }
}

/**
 * A watch that starts again from an older position brings older states of an object again.
 * Versions of another object of the same name need not be greater: the cluster may have been
 * built anew.
 */
function isSameObject(
  part: PartName,
  told: string,
  known: string | null,
): boolean {
  return known !== null && uidOf(part, told) === uidOf(part, known);
}

function uidOf(part: PartName, json: string): string | undefined {
  return part === 'machine'
    ? parseJson<VirtualMachinePart>(json).uid
    : parseJson<InstancePart>(json).instanceUid;
}
