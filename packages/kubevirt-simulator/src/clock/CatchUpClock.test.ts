import { CatchUpClock } from './CatchUpClock';
import { VirtualClock } from './VirtualClock';

const NOW = Date.parse('2026-03-04T10:00:00Z');
const HOUR_MS = 3_600_000;

function setUp() {
  const real = new VirtualClock(NOW);
  const clock = new CatchUpClock(real, NOW - HOUR_MS);
  return { real, clock };
}

describe('CatchUpClock', () => {
  it('begins in the past and runs what falls due on the way, in order', async () => {
    const { clock } = setUp();
    const times: number[] = [];
    const tick = () => {
      times.push(clock.now() - NOW);
      clock.schedule(HOUR_MS / 4, tick);
    };
    expect(clock.now()).toBe(NOW - HOUR_MS);
    clock.schedule(0, tick);
    await clock.catchUp();
    expect(times).toEqual(
      [-4, -3, -2, -1, 0].map(part => (part * HOUR_MS) / 4),
    );
    expect(clock.now()).toBe(NOW);
  });

  it('goes on in real time with what is left, and with what comes later', async () => {
    const { real, clock } = setUp();
    const done: string[] = [];
    clock.schedule(HOUR_MS + 500, () => done.push('early'));
    await clock.catchUp();
    real.advance(400);
    clock.schedule(200, () => done.push('late'));
    const cancel = clock.schedule(150, () => done.push('never'));
    cancel();
    expect(clock.now()).toBe(NOW + 400);
    real.advance(100);
    expect(done).toEqual(['early']);
    real.advance(99);
    expect(done).toEqual(['early']);
    real.advance(1);
    expect(done).toEqual(['early', 'late']);
  });

  it('makes up for a stop of the machine in slices', async () => {
    const { real, clock } = setUp();
    await clock.catchUp();
    const times: number[] = [];
    const tick = () => {
      times.push(clock.now() - NOW);
      clock.schedule(10_000, tick);
    };
    clock.schedule(10_000, tick);
    real.advance(60_000);
    expect(times).toEqual([1, 2, 3, 4, 5, 6].map(part => part * 10_000));
  });

  it('calls nothing after it has been stopped', async () => {
    const { real, clock } = setUp();
    await clock.catchUp();
    const callback = jest.fn();
    clock.schedule(10, callback);
    clock.stop();
    real.advance(1_000);
    expect(callback).not.toHaveBeenCalled();
  });

  it('survives a callback that throws', async () => {
    const { real, clock } = setUp();
    await clock.catchUp();
    const callback = jest.fn();
    clock.schedule(10, () => {
      throw new Error('broken');
    });
    clock.schedule(20, callback);
    expect(() => real.advance(10)).toThrow('broken');
    real.advance(20);
    expect(callback).toHaveBeenCalledTimes(1);
  });
});
