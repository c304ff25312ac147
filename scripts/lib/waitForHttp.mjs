import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 250;

/**
 * Asks a URL until it answers 200.
 *
 * @returns true, or false when the signal was aborted before
 */
export async function waitForHttp(url, signal) {
  while (!signal.aborted) {
    try {
      const response = await fetch(url, { signal });
      await response.arrayBuffer();
      if (response.ok) {
        return true;
      }
    } catch {
      // Nobody listens yet, or the wait was given up: the loop tells.
    }
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => {});
  }
  return false;
}
