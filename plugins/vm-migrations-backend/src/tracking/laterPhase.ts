import { isFinalPhase } from 'backstage-plugin-vm-migrations-common';
import { newer } from './newer';
import type { Versioned } from './types';

/**
 * The phase of the greater version, but a final phase is never left again: whatever is
 * written into the object later, the one reached first stays, with the version at which it
 * was reached.
 */
export function laterPhase(
  known: Versioned<string> | undefined,
  told: Versioned<string>,
): Versioned<string> {
  if (known === undefined || !isFinalPhase(known[0])) {
    return known !== undefined && !isFinalPhase(told[0])
      ? newer(known, told)
      : told;
  }
  if (!isFinalPhase(told[0]) || known[1] < told[1]) {
    return known;
  }
  return told[1] < known[1] ? told : newer(known, told);
}
