import { SeededRandom } from './SeededRandom';

const draw = (random: SeededRandom) =>
  Array.from({ length: 20 }, () => random.integer(0, 1_000_000));

describe('SeededRandom', () => {
  it('repeats itself for the same seed and differs for another', () => {
    expect(draw(SeededRandom.create(1))).toEqual(draw(SeededRandom.create(1)));
    expect(draw(SeededRandom.create(1))).not.toEqual(
      draw(SeededRandom.create(2)),
    );
  });

  it('keeps its numbers within the bounds', () => {
    const random = SeededRandom.create(3);
    const seen = new Set<number>();
    for (let index = 0; index < 200; index++) {
      seen.add(random.integer(-1, 1));
      const fraction = random.fraction();
      expect(fraction).toBeGreaterThanOrEqual(0);
      expect(fraction).toBeLessThan(1);
    }
    expect([...seen].sort((a, b) => a - b)).toEqual([-1, 0, 1]);
  });

  it('gives forks that neither repeat it nor depend on how much others draw', () => {
    const first = SeededRandom.create(4);
    const forkOfFirst = first.fork();
    const second = SeededRandom.create(4);
    const forkOfSecond = second.fork();
    draw(second);
    const drawn = draw(forkOfFirst);
    expect(drawn).toEqual(draw(forkOfSecond));
    expect(drawn).not.toEqual(draw(first));
  });
});
