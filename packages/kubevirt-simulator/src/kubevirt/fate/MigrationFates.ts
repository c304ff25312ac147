import type { Random } from '../../random';
import { delay } from './delay';
import type { Timings } from '../settings';
import type { FailureClass } from './failureClasses';

/** Where in its course a migration is cancelled: in a phase, or when it is too late. */
export type CancelMoment =
  | 'WaitingForSync'
  | 'Synchronizing'
  | 'Pending'
  | 'Scheduling'
  | 'Scheduled'
  | 'PreparingTarget'
  | 'TargetReady'
  | 'Running'
  | 'too-late';

/** What is asked of one migration; what is absent is left to chance. */
export interface FateRequest {
  fail?: FailureClass;
  cancelAt?: CancelMoment;
  /** Milliseconds of copying. */
  copyMs?: number;
  /** Somebody will interrupt the copy, so that it must not end before. */
  isInterrupted?: boolean;
  /** Milliseconds from the guest's arrival to the report of it. */
  reportMs?: number;
}

/** What will happen to one migration, settled when it is created. */
export interface MigrationFate {
  fail?: FailureClass;
  cancelAt?: CancelMoment;
  copyMs: number;
  /** Until the target node listens, and from there until copying begins. */
  preparationMs: number;
  startMs: number;
  /** From the guest's arrival to the report of it. */
  reportMs: number;
}

/**
 * Long enough that a deletion just after the guest's arrival is noted before the success
 * is reported.
 */
export const LATE_CANCEL_REPORT_MS = 400;

/** A copy that is to be interrupted goes on for so long that the interruption comes first. */
const INTERRUPTION_MARGIN_MS = 4_000;

/** Keeps the fates of unfinished migrations by uid. */
export class MigrationFates {
  readonly #timings: Timings;
  readonly #random: Random;
  readonly #fates = new Map<string, MigrationFate>();

  constructor(timings: Timings, random: Random) {
    this.#timings = timings;
    this.#random = random;
  }

  /** Settles a migration's fate; only the first call for a uid counts. */
  settle(uid: string, request: FateRequest = {}): MigrationFate {
    const known = this.#fates.get(uid);
    if (known) return known;
    const fate: MigrationFate = {
      fail: request.fail,
      cancelAt: request.cancelAt,
      copyMs: this.#copyMs(request),
      preparationMs: delay(this.#random, this.#timings.targetPreparation),
      startMs: delay(this.#random, this.#timings.copyStart),
      reportMs:
        request.reportMs ??
        (request.cancelAt === 'too-late'
          ? LATE_CANCEL_REPORT_MS
          : delay(this.#random, this.#timings.completionReport)),
    };
    this.#fates.set(uid, fate);
    return fate;
  }

  #copyMs(request: FateRequest): number {
    const { cancelAt, fail } = request;
    const drawn = request.copyMs ?? delay(this.#random, this.#timings.copy);
    const isInterrupted =
      request.isInterrupted ||
      (cancelAt && cancelAt !== 'too-late') ||
      fail === 'instance-shut-down';
    const [, longestAbort] = this.#timings.abort;
    return isInterrupted
      ? Math.max(drawn, longestAbort + INTERRUPTION_MARGIN_MS)
      : drawn;
  }

  /** Not to be asked before whoever made the migration could settle its fate. */
  of(uid: string): MigrationFate {
    return this.settle(uid);
  }

  forget(uid: string): void {
    this.#fates.delete(uid);
  }
}
