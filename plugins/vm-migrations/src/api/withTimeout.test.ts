import { withTimeout } from './withTimeout';

/** Answers only when it is aborted, as `fetch` does. */
function never(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

describe('withTimeout', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('passes the answer on and leaves no timer behind', async () => {
    await expect(
      withTimeout(new AbortController().signal, async () => 'answer'),
    ).resolves.toBe('answer');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('gives up on a server that never answers', async () => {
    const failed = withTimeout(new AbortController().signal, never).catch(
      error => error,
    );
    await jest.advanceTimersByTimeAsync(20_000);
    expect(await failed).toMatchObject({
      message: 'No answer within 20 seconds',
    });
  });

  it('is aborted with its own reason by who asks', async () => {
    const controller = new AbortController();
    const asked = withTimeout(controller.signal, never);
    controller.abort(new Error('no longer wanted'));
    await expect(asked).rejects.toThrow('no longer wanted');
    await expect(
      withTimeout(controller.signal, async signal => signal.aborted),
    ).resolves.toBe(true);
  });
});
