import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { JumpableRandomGenerator } from 'pure-rand/types/JumpableRandomGenerator';
import type { Random } from './Random';

/** Repeatable chance: the same seed and the same questions give the same answers. */
export class SeededRandom implements Random {
  readonly #generator: JumpableRandomGenerator;

  private constructor(generator: JumpableRandomGenerator) {
    this.#generator = generator;
  }

  /** @param seed - a 32-bit whole number */
  static create(seed: number): SeededRandom {
    return new SeededRandom(xoroshiro128plus(seed));
  }

  integer(min: number, max: number): number {
    return uniformInt(this.#generator, min, max);
  }

  fraction(): number {
    return uniformFloat64(this.#generator);
  }

  fork(): SeededRandom {
    const fork = this.#generator.clone();
    // The parent jumps 2^64 draws ahead, so that the two never meet.
    this.#generator.jump();
    return new SeededRandom(fork);
  }
}
