import type { Versioned } from './types';

/**
 * The one of the greater version. Equal versions mean the same state of the same object,
 * seen twice; comparing the text makes even a contradiction independent of order.
 */
export function newer<T>(
  known: Versioned<T> | undefined,
  told: Versioned<T>,
): Versioned<T> {
  if (known === undefined || told[1] > known[1]) {
    return told;
  }
  if (told[1] < known[1]) {
    return known;
  }
  return JSON.stringify(told[0]) > JSON.stringify(known[0]) ? told : known;
}
