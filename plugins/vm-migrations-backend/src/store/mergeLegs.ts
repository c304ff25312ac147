import { mergeObservation, type Leg, type LegObservation } from '../tracking';
import type { FeedTransaction } from './changeFeed';
import type { LegSet } from './LegSet';
import { legKey } from './StoredLeg';

/** Merges what was told of legs; several observations of one leg give one new state of it. */
export async function mergeLegs(
  feed: FeedTransaction,
  legs: LegSet,
  observations: LegObservation[],
): Promise<void> {
  const told = new Map<string, LegObservation[]>();
  for (const observation of observations) {
    const key = legKey(observation);
    const earlier = told.get(key);
    if (earlier) {
      earlier.push(observation);
    } else {
      told.set(key, [observation]);
    }
  }
  await legs.load(observations.map(({ uid }) => uid));
  for (const [key, [first, ...others]] of told) {
    const known = legs.get(key)?.leg;
    const firstSeen = known?.firstSeen ?? feed.next();
    legs.update(
      others.reduce<Leg>(
        (leg, observation) => mergeObservation(leg, observation, firstSeen),
        mergeObservation(known, first, firstSeen),
      ),
    );
  }
}
