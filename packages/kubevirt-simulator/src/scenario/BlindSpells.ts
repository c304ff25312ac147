import type { Clock } from '../clock';
import type { Fault, FaultController } from '../faults';
import type { Random } from '../random';
import { pick } from './chance';

const PAUSE_MS = [240_000, 480_000] as const;
const BLIND_MS = 120_000;

/** How a cluster goes blind: its API falls silent, or nobody listens any more. */
const WAYS: readonly (readonly Fault[])[] = [
  [{ kind: 'stall' }],
  [{ kind: 'refuse-connections' }, { kind: 'drop-connections' }],
];

export interface BlindSpellsOptions {
  /** By name of the cluster. */
  faults: ReadonlyMap<string, FaultController>;
  clock: Clock;
  random: Random;
}

/** Now and then nothing is to be seen of one cluster for two minutes; it goes on meanwhile. */
export class BlindSpells {
  readonly #options: BlindSpellsOptions;

  constructor(options: BlindSpellsOptions) {
    this.#options = options;
  }

  start(): void {
    const { clock, random } = this.#options;
    const [least, most] = PAUSE_MS;
    clock.schedule(random.integer(least, most), () => {
      this.#blind();
      this.start();
    });
  }

  #blind(): void {
    const { clock, random, faults } = this.#options;
    const controller = pick(random, [...faults.values()]);
    const ids = pick(random, WAYS)?.map(fault => controller?.add(fault));
    clock.schedule(BLIND_MS, () => {
      for (const id of ids ?? []) {
        if (id !== undefined) controller?.remove(id);
      }
    });
  }
}
