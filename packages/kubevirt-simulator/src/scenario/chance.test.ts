import { SeededRandom } from '../random';
import { happens, pick, pickWeighted } from './chance';

const random = SeededRandom.create(1);
const draw = <T>(once: () => T) => Array.from({ length: 2_000 }, once);
const share = <T>(drawn: T[], wanted: T) =>
  drawn.filter(each => each === wanted).length / drawn.length;

it('pick takes each as often as the others, and nothing from nothing', () => {
  const drawn = draw(() => pick(random, ['a', 'b', 'c', 'd']));
  for (const each of ['a', 'b', 'c', 'd']) {
    expect(share(drawn, each)).toBeCloseTo(0.25, 1);
  }
  expect(pick(random, [])).toBeUndefined();
});

it('pickWeighted takes each as often as its weight says', () => {
  const drawn = draw(() =>
    pickWeighted(random, [
      ['rare', 1],
      ['never', 0],
      ['often', 3],
    ]),
  );
  expect(share(drawn, 'rare')).toBeCloseTo(0.25, 1);
  expect(share(drawn, 'often')).toBeCloseTo(0.75, 1);
  expect(share(drawn, 'never')).toBe(0);
});

it('happens as often as the percentage says', () => {
  expect(
    share(
      draw(() => happens(random, 10)),
      true,
    ),
  ).toBeCloseTo(0.1, 1);
  expect(draw(() => happens(random, 0))).not.toContain(true);
  expect(draw(() => happens(random, 100))).not.toContain(false);
});
