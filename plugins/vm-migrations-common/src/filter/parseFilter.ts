import { directionSchema } from '../model/Migration';
import type { FilterExpression, FilterKey } from './FilterExpression';
import {
  filterKeysOf,
  filterWordsOf,
  toFilterValue,
  type FilterSubject,
} from './filterKeys';
import { FilterScanner, type FilterValue } from './FilterScanner';
import { normalizeFilter } from './normalizeFilter';
import { parseTimeRange } from './timeRange';

/*
 * The filter language, read by recursive descent:
 *
 *     any      = all { "OR" all }
 *     all      = factor { [ "AND" ] factor }
 *     factor   = { "-" | "!" | "NOT" } ( "(" any ")" | key ":" values | text )
 *     values   = value { "," value }
 *     value    = quoted | characters other than space , ( ) "
 *     text     = quoted | characters other than space ( ) "
 *     quoted   = '"' { character | '\"' | '\\' } '"'
 *
 * Every value is one node of the tree and at last one of SQL, so their number and the
 * depth of parentheses are bounded here, before a database runs into its own limits.
 */

const MAX_VALUES = 500;
const MAX_DEPTH = 32;

/** @public */
export interface ParseFilterOptions {
  /** What relative times such as `-24h` count from. */
  now: Date;
  /** Refuses keys that the subject does not have; without it all keys are known. */
  subject?: FilterSubject;
}

class FilterParser {
  readonly #scanner: FilterScanner;
  readonly #options: ParseFilterOptions;
  #depth = 0;
  #values = 0;

  constructor(text: string, options: ParseFilterOptions) {
    this.#scanner = new FilterScanner(text);
    this.#options = options;
  }

  parse(): FilterExpression | undefined {
    const scanner = this.#scanner;
    scanner.takeSpace();
    if (scanner.atEnd) {
      return undefined;
    }
    const expression = this.#parseAny();
    if (!scanner.atEnd) {
      scanner.fail(scanner.position, ['the end of the filter']);
    }
    return normalizeFilter(expression);
  }

  #parseAny(): FilterExpression {
    const operands = [this.#parseAll()];
    while (this.#scanner.takeOperator('OR')) {
      operands.push(this.#parseAll());
    }
    return { type: 'or', operands };
  }

  #parseAll(): FilterExpression {
    const scanner = this.#scanner;
    const operands = [this.#parseFactor()];
    while (!scanner.atEnd && !scanner.looksAt(/\)|OR(?=[\s(]|$)/y)) {
      scanner.takeOperator('AND');
      operands.push(this.#parseFactor());
    }
    return { type: 'and', operands };
  }

  #parseFactor(): FilterExpression {
    const scanner = this.#scanner;
    let negated = false;
    while (scanner.takeOperator('NOT') || scanner.take(/[-!]/y)) {
      negated = !negated;
    }
    const operand = scanner.looksAt(/\(/y)
      ? this.#parseParentheses()
      : this.#parseCriterion();
    scanner.takeSpace();
    return negated ? { type: 'not', operand } : operand;
  }

  #parseParentheses(): FilterExpression {
    const scanner = this.#scanner;
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      scanner.fail(scanner.position, [
        `at most ${MAX_DEPTH} parentheses in each other`,
      ]);
    }
    scanner.take(/\(\s*/y);
    const expression = this.#parseAny();
    if (!scanner.take(/\)/y)) {
      scanner.fail(scanner.position, ['a closing parenthesis']);
    }
    this.#depth -= 1;
    this.#expectBoundary(['a space']);
    return expression;
  }

  #parseCriterion(): FilterExpression {
    const scanner = this.#scanner;
    const start = scanner.position;
    const key = scanner.take(/[^\s()",:]*:/y);
    if (key !== undefined) {
      return this.#parseQualifier(key.slice(0, -1), start);
    }
    const text = scanner.takeQuoted()?.text ?? this.#parseWord();
    if (text === '') {
      scanner.fail(start, ['a text that is not empty']);
    }
    this.#countValue(start);
    this.#expectBoundary(['a space']);
    return { type: 'text', text };
  }

  #parseWord(): string {
    const scanner = this.#scanner;
    const start = scanner.position;
    const word = scanner.take(/[^\s()"]+/y);
    if (word === undefined || /^(OR|AND|NOT)$/.test(word)) {
      return scanner.fail(start, ['a key with a value', 'a text to look for']);
    }
    // Text is looked for anywhere in a name, which is all that stars at its ends can say.
    const text = word.replace(/^\*+|\*+$/g, '');
    if (text === '' || text.includes('*')) {
      scanner.fail(start, ['a text without *', 'a key such as vm: before it']);
    }
    return text;
  }

  #parseQualifier(key: string, start: number): FilterExpression {
    const { keys, times, direction } = filterKeysOf(this.#options.subject);
    const name = keys.find(candidate => candidate === key);
    if (name) {
      return this.#parseTerm(name);
    }
    const time = times.find(candidate => candidate === key);
    if (time) {
      return this.#parseEach(({ text, contentStart }) => ({
        type: 'time',
        time,
        ...parseTimeRange(text, this.#options.now, (offset, expected) =>
          this.#scanner.fail(contentStart + offset, expected),
        ),
      }));
    }
    if (direction && key === 'direction') {
      return this.#parseEach(value => this.#toDirection(value));
    }
    return this.#scanner.fail(start, [
      ...[...keys, ...(direction ? ['direction'] : []), ...times].map(
        word => `${word}:`,
      ),
      'quotes around a text with a colon',
    ]);
  }

  #parseTerm(key: FilterKey): FilterExpression {
    const words = filterWordsOf(key);
    const values = this.#parseValues(words ?? ['a value']).map(
      ({ text, start }) =>
        toFilterValue(key, text) ?? this.#scanner.fail(start, words ?? []),
    );
    return { type: 'term', key, values };
  }

  #parseEach(read: (value: FilterValue) => FilterExpression): FilterExpression {
    return {
      type: 'or',
      operands: this.#parseValues(['a value']).map(read),
    };
  }

  #toDirection({ text, contentStart }: FilterValue): FilterExpression {
    const [, word, at, kind, name] =
      /^([^@]*)(@?)(?:(cluster|datacenter):)?(.*)$/s.exec(text) ?? [];
    const direction = directionSchema.options.find(
      candidate => candidate === word,
    );
    if (!direction) {
      return this.#scanner.fail(contentStart, directionSchema.options);
    }
    if (!name) {
      return this.#scanner.fail(contentStart + text.length, [
        `${
          at ? '' : '@ and '
        }the id of a site, or cluster: and the name of a cluster`,
      ]);
    }
    return {
      type: 'direction',
      direction,
      of: kind === 'cluster' ? { cluster: name } : { datacenter: name },
    };
  }

  #parseValues(expected: readonly string[]): FilterValue[] {
    const scanner = this.#scanner;
    const values: FilterValue[] = [];
    do {
      const start = scanner.position;
      const value = scanner.takeQuoted() ?? scanner.takeBare();
      if (!value) {
        return scanner.fail(start, expected);
      }
      this.#countValue(start);
      values.push(value);
    } while (scanner.take(/,/y));
    this.#expectBoundary(['a comma and another value', 'a space']);
    return values;
  }

  #countValue(position: number): void {
    this.#values += 1;
    if (this.#values > MAX_VALUES) {
      this.#scanner.fail(position, [`at most ${MAX_VALUES} values`]);
    }
  }

  #expectBoundary(expected: string[]): void {
    const scanner = this.#scanner;
    if (!scanner.atEnd && !scanner.looksAt(/[\s)]/y)) {
      scanner.fail(scanner.position, [...expected, 'the end of the filter']);
    }
  }
}

/**
 * Reads a filter. An empty text has no filter: `undefined`.
 *
 * @throws {@link FilterSyntaxError} that says at which character what was expected
 * @public
 */
export function parseFilter(
  text: string,
  options: ParseFilterOptions,
): FilterExpression | undefined {
  return new FilterParser(text, options).parse();
}
