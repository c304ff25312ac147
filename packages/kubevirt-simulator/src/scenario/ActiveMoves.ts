import type { GroundTruth, LegTruth } from '../kubevirt';

/** The moves that are under way in a fleet; a pair counts once. */
export class ActiveMoves {
  readonly #truth: GroundTruth;
  readonly #legs = new Set<string>();
  /** migrationIDs of moves that have been begun, and of which nothing is to be seen yet. */
  readonly #expected = new Set<string>();

  /** @param onEnd - called when one more leg has ended */
  constructor(truth: GroundTruth, onEnd: () => void) {
    this.#truth = truth;
    truth.subscribe(leg => {
      if (leg.migrationID) this.#expected.delete(leg.migrationID);
      if (isUnderWay(leg)) this.#legs.add(leg.uid);
      else if (this.#legs.delete(leg.uid)) onEnd();
    });
  }

  /** A move has been begun that will be seen under this migrationID. */
  expect(migrationID: string): void {
    this.#expected.add(migrationID);
  }

  /** Those that can be seen and those that will be. */
  get begun(): number {
    return this.visible + this.#expected.size;
  }

  get visible(): number {
    let count = 0;
    for (const uid of this.#legs) {
      const partner = this.#truth.partnerOf(uid);
      const isSecond =
        partner !== undefined && this.#legs.has(partner) && partner < uid;
      if (!isSecond) count += 1;
    }
    return count;
  }
}

function isUnderWay(leg: LegTruth): boolean {
  return leg.outcome === 'active' && !leg.deleted;
}
