import { isFinalPhase } from 'backstage-plugin-vm-migrations-common';
import type { LegFacts } from '../kubevirt/types';
import type { Gone, Leg, Whereabouts } from './types';
import { lastVersion } from './withInstance';

/** A leg's facts without their versions, and what follows from them alone. */
export interface LegView {
  leg: Leg;
  facts: LegFacts;
  phase: string;
  final: boolean;
  /** Where its instance was, unless that is known of later times only. */
  instance: Whereabouts | undefined;
  /** The object is gone from its cluster. */
  gone: Gone | undefined;
  /**
   * The VM was handed over to the target: from then on a deletion is carried out by the
   * source node and tells so (`abortRequested`), before it the controller just gives up.
   */
  handedOver: boolean;
}

const PHASES_AFTER_HAND_OVER = ['PreparingTarget', 'TargetReady', 'Running'];

/** Reads a leg. */
export function legView(leg: Leg): LegView {
  const facts: LegFacts = {};
  for (const [fact, versioned] of Object.entries(leg.facts)) {
    Object.assign(facts, { [fact]: versioned[0] });
  }
  const phase = facts.phase ?? '';
  const passed = [
    phase,
    ...Object.keys(leg.observedPhases),
    ...(facts.reportedTransitions ?? []).map(transition => transition.phase),
  ];
  return {
    leg,
    facts,
    phase,
    final: isFinalPhase(phase),
    instance:
      leg.instance && leg.instance.since <= lastVersion(leg)
        ? leg.instance
        : undefined,
    gone: leg.gone?.[0] ?? undefined,
    handedOver:
      facts.targetNode !== undefined ||
      passed.some(candidate => PHASES_AFTER_HAND_OVER.includes(candidate)),
  };
}
