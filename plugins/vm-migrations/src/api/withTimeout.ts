import type { Milliseconds } from '../logic/units';

/** Longer than any answer takes, and as long as a reader waits for one. */
const TIMEOUT: Milliseconds = 20_000;

/**
 * Asks, and gives up after a while: a server that takes a question and never answers
 * looks to a browser like one that is still thinking.
 */
export async function withTimeout<T>(
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  const timer = setTimeout(
    () =>
      controller.abort(new Error(`No answer within ${TIMEOUT / 1000} seconds`)),
    TIMEOUT,
  );
  signal.addEventListener('abort', abort);
  if (signal.aborted) {
    abort();
  }
  try {
    return await ask(controller.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}
