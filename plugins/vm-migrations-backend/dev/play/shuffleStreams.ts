import { SeededRandom, type SequenceEvent } from 'kubevirt-simulator';

/**
 * Another order in which the same watches could have brought their events: within a watch
 * (one resource of one cluster) the order is fixed, between watches nothing is promised.
 */
export function shuffleStreams(
  events: SequenceEvent[],
  seed: number,
): SequenceEvent[] {
  const streams = new Map<string, SequenceEvent[]>();
  for (const event of events) {
    const key = `${event.cluster}/${event.resource}`;
    streams.set(key, [...(streams.get(key) ?? []), event]);
  }
  const random = SeededRandom.create(seed);
  const waiting = [...streams.values()].map(stream => [...stream].reverse());
  const shuffled: SequenceEvent[] = [];
  while (shuffled.length < events.length) {
    const open = waiting.filter(stream => stream.length > 0);
    const next = open[random.integer(0, open.length - 1)].pop();
    if (next) {
      shuffled.push(next);
    }
  }
  return shuffled;
}
