import type { Clock } from '../clock';
import type { Random } from '../random';
import { GuestTransfers } from './handler';
import { SynchronizationController } from './synchronization';
import { GroundTruth } from './truth';

/** What clusters share that send guests to each other. */
export class FleetLinks {
  readonly truth: GroundTruth;
  readonly transfers: GuestTransfers;
  readonly synchronization: SynchronizationController;

  /** @param keptTruths - how many legs are remembered after their objects are gone */
  constructor(clock: Clock, random: Random, keptTruths?: number) {
    this.truth = new GroundTruth(clock, keptTruths);
    this.transfers = new GuestTransfers();
    this.synchronization = new SynchronizationController(
      clock,
      random,
      this.truth,
    );
  }
}
