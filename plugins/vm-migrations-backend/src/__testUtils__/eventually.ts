import { setImmediate } from 'node:timers/promises';

const TIMEOUT_MS = 10_000;

/** Waits until the assertion holds; fails with its last error. */
export async function eventually(
  assertion: () => void | Promise<void>,
): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    try {
      await assertion();
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
    }
    await setImmediate();
  }
}
