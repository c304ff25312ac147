import type { Clock } from './types';

/** The clock of this machine. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    let wake = () => {};
    await new Promise<void>(resolve => {
      wake = resolve;
      timer = setTimeout(wake, ms);
      signal.addEventListener('abort', wake, { once: true });
    });
    clearTimeout(timer);
    signal.removeEventListener('abort', wake);
  }
}
