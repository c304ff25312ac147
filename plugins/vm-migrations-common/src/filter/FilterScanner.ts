import { FilterSyntaxError } from './FilterSyntaxError';

/** A value of a filter with its place in the text. */
export interface FilterValue {
  text: string;
  start: number;
  /** Where its first character stands: behind the quote, if there is one. */
  contentStart: number;
}

/** Walks through the text of a filter, character by character. */
export class FilterScanner {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get position(): number {
    return this.#position;
  }

  get atEnd(): boolean {
    return this.#position >= this.#text.length;
  }

  /** Takes what the pattern finds at this very place; it has to be sticky (`/y`). */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    const [taken] = pattern.exec(this.#text) ?? [];
    this.#position += taken?.length ?? 0;
    return taken;
  }

  looksAt(pattern: RegExp): boolean {
    pattern.lastIndex = this.#position;
    return pattern.test(this.#text);
  }

  takeOperator(word: 'AND' | 'OR' | 'NOT'): boolean {
    return (
      this.take(new RegExp(`${word}(?:\\s+|(?=\\()|$)`, 'y')) !== undefined
    );
  }

  takeSpace(): void {
    this.take(/\s+/y);
  }

  /** A value without quotes. */
  takeBare(): FilterValue | undefined {
    const start = this.#position;
    const text = this.take(/[^\s(),"]+/y);
    return text === undefined
      ? undefined
      : { text, start, contentStart: start };
  }

  /** A value in quotes, in which `\"` and `\\` stand for the characters themselves. */
  takeQuoted(): FilterValue | undefined {
    const start = this.#position;
    const opened = this.take(/"(?:[^"\\]|\\["\\])*/y);
    if (opened === undefined) {
      return undefined;
    }
    if (this.take(/"/y) === undefined) {
      return this.fail(
        this.#position,
        this.atEnd ? ['a closing quote'] : ['\\" or \\\\'],
      );
    }
    return {
      text: opened.slice(1).replace(/\\(["\\])/g, '$1'),
      start,
      contentStart: start + 1,
    };
  }

  fail(position: number, expected: readonly string[]): never {
    throw new FilterSyntaxError({
      text: this.#text,
      position,
      expected: [...expected],
    });
  }
}
