import { VirtualClock } from './VirtualClock';

describe('VirtualClock', () => {
  it('runs what falls due in order of time, then of scheduling', () => {
    const clock = new VirtualClock(1_000);
    const calls: [string, number][] = [];
    const note = (name: string) => () => {
      calls.push([name, clock.now()]);
    };
    clock.schedule(30, note('third'));
    clock.schedule(10, note('first'));
    clock.schedule(10, note('second'));
    clock.schedule(-5, note('overdue'));
    clock.schedule(31, note('later'));
    clock.advance(30);
    expect(calls).toEqual([
      ['overdue', 1_000],
      ['first', 1_010],
      ['second', 1_010],
      ['third', 1_030],
    ]);
    expect(clock.now()).toBe(1_030);
    expect(clock.nextDueInMs).toBe(1);
  });

  it('runs what a callback schedules within the same span', () => {
    const clock = new VirtualClock(0);
    let ticks = 0;
    const tick = () => {
      ticks += 1;
      clock.schedule(10, tick);
    };
    clock.schedule(10, tick);
    clock.advance(35);
    expect(ticks).toBe(3);
  });

  it('does not run what was cancelled', () => {
    const clock = new VirtualClock(0);
    const called = jest.fn();
    const cancel = clock.schedule(10, called);
    cancel();
    cancel();
    clock.advance(10);
    expect(called).not.toHaveBeenCalled();
    expect(clock.nextDueInMs).toBeUndefined();
  });
});
