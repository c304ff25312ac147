import { Ticker } from './Ticker';

describe('Ticker', () => {
  beforeEach(() => jest.useFakeTimers({ now: 0 }));
  afterEach(() => jest.useRealTimers());

  it('moves all its listeners on together, with one timer', () => {
    const ticker = new Ticker(1_000);
    const listeners = [jest.fn(), jest.fn()];
    const stops = listeners.map(listener => ticker.subscribe(listener));
    expect(jest.getTimerCount()).toBe(1);
    jest.advanceTimersByTime(999);
    expect(ticker.getNow()).toBe(0);
    jest.advanceTimersByTime(1);
    expect(ticker.getNow()).toBe(1_000);
    listeners.forEach(listener => expect(listener).toHaveBeenCalledTimes(1));
    stops.forEach(stop => stop());
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is not behind when it has not been listened to for long', () => {
    const ticker = new Ticker(30_000);
    jest.advanceTimersByTime(20_000);
    expect(ticker.getNow()).toBe(20_000);
  });
});
