import { InputError } from '@backstage/errors';

const alternatives = new Intl.ListFormat('en', { type: 'disjunction' });

/**
 * A filter that cannot be understood. It is named `InputError`, so a backend answers 400
 * with it, and `position` and `expected` reach the client in the body of the answer.
 *
 * @public
 */
export class FilterSyntaxError extends InputError {
  /** Index of the character at which the filter stops making sense; the first one is 0. */
  readonly position: number;
  /** What could stand there instead, each in words. */
  readonly expected: string[];

  constructor(options: { text: string; position: number; expected: string[] }) {
    const { text, position, expected } = options;
    const [found] = /^("[^"]*"?|\S*)/.exec(text.slice(position)) ?? [''];
    const where = `character ${position + 1}`;
    super(
      `The filter cannot be understood at ${where}, ${
        found === '' ? 'its end' : `“${found}”`
      }: expected ${alternatives.format(expected)}`,
    );
    this.position = position;
    this.expected = expected;
  }

  /** True for this error, also after it has travelled through an answer of the API. */
  static is(value: unknown): value is FilterSyntaxError {
    return (
      InputError.is(value) &&
      'position' in value &&
      typeof value.position === 'number' &&
      'expected' in value &&
      Array.isArray(value.expected)
    );
  }
}
