import { setImmediate } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import type { SignalPayload } from '@backstage/plugin-signals-node';
import { doorbellSchema } from 'backstage-plugin-vm-migrations-common';
import { ManualClock } from '../../__testUtils__/ManualClock';
import { Doorbell } from './Doorbell';

function setup() {
  const clock = new ManualClock();
  const published: SignalPayload[] = [];
  const state = { broken: false };
  const logger = mockServices.logger.mock();
  const doorbell = new Doorbell({
    signals: {
      async publish(signal: SignalPayload) {
        if (state.broken) {
          throw new Error('No events service');
        }
        published.push(signal);
      },
    },
    clock,
    logger,
  });

  async function pass(ms: number): Promise<void> {
    await setImmediate();
    clock.advance(ms);
    await setImmediate();
  }

  return {
    doorbell,
    published,
    state,
    logger,
    pass,
    positions: () =>
      published.map(({ message }) => doorbellSchema.parse(message).position),
  };
}

describe('Doorbell', () => {
  it('rings at once, to everybody, with the position only', () => {
    const { doorbell, published } = setup();
    doorbell.ring(7);
    expect(published).toEqual([
      {
        recipients: { type: 'broadcast' },
        channel: 'vm-migrations:changes',
        message: { position: 7 },
      },
    ]);
  });

  it('rings every 50 ms at most, the last time after the last change', async () => {
    const { doorbell, positions, pass } = setup();
    doorbell.ring(1);
    doorbell.ring(2);
    doorbell.ring(3);
    await pass(49);
    expect(positions()).toEqual([1]);
    await pass(1);
    expect(positions()).toEqual([1, 3]);
    doorbell.ring(4);
    await pass(49);
    expect(positions()).toEqual([1, 3]);
    await pass(1);
    expect(positions()).toEqual([1, 3, 4]);
    await pass(1000);
    expect(positions()).toEqual([1, 3, 4]);
  });

  it('rings at once again after a pause', async () => {
    const { doorbell, positions, pass } = setup();
    doorbell.ring(1);
    await pass(50);
    doorbell.ring(2);
    expect(positions()).toEqual([1, 2]);
  });

  it('says when a ring is not heard, and goes on', async () => {
    const { doorbell, positions, state, logger, pass } = setup();
    state.broken = true;
    doorbell.ring(1);
    await pass(50);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('No events service'),
    );
    state.broken = false;
    doorbell.ring(2);
    expect(positions()).toEqual([2]);
  });

  it('falls silent when it is stopped', async () => {
    const { doorbell, positions, pass } = setup();
    doorbell.ring(1);
    doorbell.ring(2);
    doorbell.stop();
    await pass(50);
    doorbell.ring(3);
    await pass(50);
    expect(positions()).toEqual([1]);
  });
});
