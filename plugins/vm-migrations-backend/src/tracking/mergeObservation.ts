import type { LegFacts } from '../kubevirt/types';
import { laterPhase } from './laterPhase';
import { newer } from './newer';
import type { Leg, LegObservation, Versioned } from './types';

/*
 * A leg is everything that was ever said about one VirtualMachineInstanceMigration.
 * Merging is commutative, associative and idempotent: each fact keeps the value of its
 * newest observation (a final phase that of its first), the first sight of a phase keeps its
 * earliest time. So the order in which two watches, two replicas or a replay bring
 * observations cannot change the record.
 */

/**
 * The leg after one more observation. `firstSeen` is used only when the leg is new.
 */
export function mergeObservation(
  leg: Leg | undefined,
  observation: LegObservation,
  firstSeen: number,
): Leg {
  const { cluster, uid, version, observedAt, facts } = observation;
  const merged: Leg = leg
    ? { ...leg }
    : {
        cluster,
        uid,
        firstSeen,
        firstObservedAt: observedAt,
        seen: false,
        facts: {},
        observedPhases: {},
      };
  merged.seen ||= observation.seen;
  merged.firstObservedAt = earlier(merged.firstObservedAt, observedAt);
  merged.facts = mergeFacts(merged.facts, facts, version);
  if (observation.seen && facts.phase) {
    const first = Object.hasOwn(merged.observedPhases, facts.phase)
      ? merged.observedPhases[facts.phase]
      : observedAt;
    merged.observedPhases = {
      ...merged.observedPhases,
      [facts.phase]: earlier(first, observedAt),
    };
  }
  if (observation.seen) {
    if (!observation.deleted) {
      merged.lastAliveAt = later(merged.lastAliveAt ?? observedAt, observedAt);
    }
    merged.gone = newer(merged.gone, [
      observation.deleted ? { before: observedAt } : null,
      version,
    ]);
  }
  return merged;
}

function mergeFacts(
  known: Leg['facts'],
  told: LegFacts,
  version: number,
): Leg['facts'] {
  const { phase, ...others } = told;
  const facts: Record<string, Versioned<unknown>> = { ...known };
  for (const [fact, value] of Object.entries(others)) {
    if (value !== undefined) {
      facts[fact] = newer(facts[fact], [value, version]);
    }
  }
  return phase === undefined
    ? facts
    : { ...facts, phase: laterPhase(known.phase, [phase, version]) };
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
