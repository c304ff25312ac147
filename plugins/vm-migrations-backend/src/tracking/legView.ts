import { isFinalPhase, phaseRank } from 'backstage-plugin-vm-migrations-common';
import type { LegFacts } from '../kubevirt/types';
import type { Gone, Leg } from './types';

/** A leg's facts without their versions, and what follows from them alone. */
export interface LegView {
  leg: Leg;
  facts: LegFacts;
  phase: string;
  final: boolean;
  /** The object is gone from its cluster. */
  gone: Gone | undefined;
  /**
   * The VM was handed over to the target: from then on a deletion is carried out by the
   * source node and tells so (`abortRequested`), before it the controller just gives up.
   */
  handedOver: boolean;
}

/** Reads a leg. */
export function legView(leg: Leg): LegView {
  const facts: LegFacts = {};
  for (const [fact, versioned] of Object.entries(leg.facts)) {
    Object.assign(facts, { [fact]: versioned[0] });
  }
  const phase = facts.phase ?? '';
  const passed = [
    phase,
    ...(facts.reportedTransitions ?? []).map(transition => transition.phase),
  ];
  return {
    leg,
    facts,
    phase,
    final: isFinalPhase(phase),
    gone: leg.gone?.[0] ?? undefined,
    handedOver:
      facts.targetNode !== undefined ||
      passed.some(
        candidate =>
          !isFinalPhase(candidate) &&
          phaseRank(candidate) >= phaseRank('PreparingTarget'),
      ),
  };
}
