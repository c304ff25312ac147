import { ListSlots } from './ListSlots';

describe('ListSlots', () => {
  const { signal } = new AbortController();

  async function taken(
    order: string[],
    name: string,
    slots: ListSlots,
    begun: boolean,
  ) {
    const release = await slots.acquire(signal, begun);
    order.push(name);
    return release;
  }

  it('gives as many slots as it has', async () => {
    const slots = new ListSlots(2);
    const order: string[] = [];
    const first = await taken(order, 'a', slots, false);
    await taken(order, 'b', slots, false);
    const third = taken(order, 'c', slots, false);
    await Promise.resolve();
    expect(order).toEqual(['a', 'b']);

    first();
    await third;
    expect(order).toEqual(['a', 'b', 'c']);
  });

  it('prefers lists that have begun, and else whoever waits longest', async () => {
    const slots = new ListSlots(1);
    const order: string[] = [];
    const held = await taken(order, 'held', slots, false);
    const all = ['new 1', 'new 2', 'begun 1', 'begun 2'].map(async name =>
      (await taken(order, name, slots, name.startsWith('begun')))(),
    );

    held();
    await Promise.all(all);
    expect(order).toEqual(['held', 'begun 1', 'begun 2', 'new 1', 'new 2']);
  });

  it('takes a slot back only once', async () => {
    const slots = new ListSlots(1);
    const release = await slots.acquire(signal, false);
    release();
    release();
    await slots.acquire(signal, false);
    const second = jest.fn();
    void slots.acquire(signal, false).then(second);
    await new Promise(resolve => setImmediate(resolve));

    expect(second).not.toHaveBeenCalled();
  });

  it('forgets who stops waiting', async () => {
    const slots = new ListSlots(1);
    const release = await slots.acquire(signal, false);
    const impatient = new AbortController();
    const waiting = slots.acquire(impatient.signal, true);
    impatient.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');

    release();
    await expect(slots.acquire(signal, false)).resolves.toEqual(
      expect.any(Function),
    );
  });

  it('gives nothing to who has stopped already', async () => {
    const slots = new ListSlots(1);
    await expect(
      slots.acquire(AbortSignal.abort(new Error('stopped')), false),
    ).rejects.toThrow('stopped');
  });
});
