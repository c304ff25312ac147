import { SeededRandom, type SequenceEvent } from 'kubevirt-simulator';

/** Longest time by which a watch lags behind, in events of all watches. */
const MAX_LAG = 32;

/** One resource of one cluster. */
export type WatchName = Pick<SequenceEvent, 'cluster' | 'resource'>;

/** A watch falls behind, or what it was behind ends. */
export interface LagTurn {
  watch: WatchName;
  ends: boolean;
}

/**
 * Which watches lag behind, and when: each of them by turns, by chance. Within a watch the
 * order is fixed, between watches nothing is promised, but an object has the version of the
 * moment at which it was written, however late it is told.
 *
 * @returns the turns by the index of the event before which they are taken
 */
export function watchLags(
  events: SequenceEvent[],
  seed: number,
): Map<number, LagTurn[]> {
  const random = SeededRandom.create(seed);
  const longest = Math.min(MAX_LAG, Math.ceil(events.length / 2));
  const watches = new Map<string, WatchName>();
  for (const { cluster, resource } of events) {
    watches.set(`${cluster}/${resource}`, { cluster, resource });
  }
  const turns = new Map<number, LagTurn[]>();
  for (const watch of watches.values()) {
    let ends = false;
    let index = random.integer(0, longest);
    while (index < events.length) {
      turns.set(index, [...(turns.get(index) ?? []), { watch, ends }]);
      ends = !ends;
      index += random.integer(1, longest);
    }
  }
  return turns;
}
