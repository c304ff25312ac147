import fc from 'fast-check';
import { FilterSyntaxError } from './FilterSyntaxError';
import type { FilterSubject } from './filterKeys';
import { parseFilter } from './parseFilter';

const now = new Date('2026-03-04T10:00:00.000Z');

function parse(text: string) {
  return parseFilter(text, { now });
}

function mistakeOf(
  text: string,
  subject?: FilterSubject,
): FilterSyntaxError | undefined {
  try {
    parseFilter(text, { now, subject });
    return undefined;
  } catch (error) {
    if (FilterSyntaxError.is(error)) {
      return error;
    }
    throw error;
  }
}

function mistakeIn(text: string, subject?: FilterSubject): FilterSyntaxError {
  const mistake = mistakeOf(text, subject);
  if (!mistake) {
    throw new Error(`${text} was understood`);
  }
  return mistake;
}

describe('parseFilter', () => {
  it('has no filter for a text without terms', () => {
    expect(parse('')).toBeUndefined();
    expect(parse('  ')).toBeUndefined();
  });

  it('joins terms by and, values by or', () => {
    expect(parse('outcome:failed,timed-out  cluster:kista-1')).toEqual({
      type: 'and',
      operands: [
        { type: 'term', key: 'outcome', values: ['failed', 'timed-out'] },
        { type: 'term', key: 'cluster', values: ['kista-1'] },
      ],
    });
  });

  it.each(['-vm:a', '!vm:a', 'NOT vm:a', '---vm:a', 'NOT -!vm:a'])(
    'negates in %s',
    text => {
      expect(parse(text)).toEqual({
        type: 'not',
        operand: { type: 'term', key: 'vm', values: ['a'] },
      });
    },
  );

  it('lets and bind more tightly than OR, and parentheses most', () => {
    const [a, b, c] = ['a', 'b', 'c'].map(text => ({ type: 'text', text }));
    expect(parse('a b OR c')).toEqual({
      type: 'or',
      operands: [{ type: 'and', operands: [a, b] }, c],
    });
    expect(parse('a AND (b OR c)')).toEqual({
      type: 'and',
      operands: [a, { type: 'or', operands: [b, c] }],
    });
  });

  it('reads quotes in values and text', () => {
    expect(parse(String.raw`vm:"a \"b\" \\",c "no space left: x*"`)).toEqual({
      type: 'and',
      operands: [
        { type: 'term', key: 'vm', values: ['a "b" \\', 'c'] },
        { type: 'text', text: 'no space left: x*' },
      ],
    });
  });

  it('knows completed as another word for succeeded, and phases in any case', () => {
    expect(parse('outcome:completed')).toEqual({
      type: 'term',
      key: 'outcome',
      values: ['succeeded'],
    });
    expect(parse('phase:waitingforsync,""')).toEqual({
      type: 'term',
      key: 'phase',
      values: ['WaitingForSync', ''],
    });
  });

  it('keeps a phase that is not known yet as it is written', () => {
    expect(parse('phase:Rewinding')).toEqual({
      type: 'term',
      key: 'phase',
      values: ['Rewinding'],
    });
  });

  it('drops the stars at the ends of free text, which is found anywhere', () => {
    expect(parse('*pay*')).toEqual({ type: 'text', text: 'pay' });
  });

  it('reads a direction with a site or a cluster', () => {
    expect(parse('direction:incoming@kista')).toEqual({
      type: 'direction',
      direction: 'incoming',
      of: { datacenter: 'kista' },
    });
    expect(parse('direction:outgoing@cluster:kista-1')).toEqual({
      type: 'direction',
      direction: 'outgoing',
      of: { cluster: 'kista-1' },
    });
  });

  it.each([
    ['created:2026-03-04', '2026-03-04T00:00', '2026-03-05T00:00'],
    ['created:2026-03-04..2026-03-05', '2026-03-04T00:00', '2026-03-06T00:00'],
    ['created:2026-02', '2026-02-01T00:00', '2026-03-01T00:00'],
    ['created:2024..2025', '2024-01-01T00:00', '2026-01-01T00:00'],
    ['created:-24h..', '2026-03-03T10:00', undefined],
    ['created:..2026-03-05', undefined, '2026-03-06T00:00'],
    ['created:>=2026-03-04', '2026-03-04T00:00', undefined],
    ['created:>2026-03-04', '2026-03-05T00:00', undefined],
    ['created:<2026-03-04', undefined, '2026-03-04T00:00'],
    ['created:<=2026-03-04', undefined, '2026-03-05T00:00'],
    [
      'created:2026-03-04T10:15Z..2026-03-04T10:30',
      '2026-03-04T10:15',
      '2026-03-04T10:30',
    ],
    ['created:2026-03-04T10:15:00+02:00..', '2026-03-04T08:15', undefined],
    ['created:*', undefined, undefined],
  ])('reads %s as from %s to %s', (text, from, to) => {
    expect(parse(text)).toEqual({
      type: 'time',
      time: 'created',
      ...(from && { from: `${from}:00.000Z` }),
      ...(to && { to: `${to}:00.000Z` }),
    });
  });

  it('takes several ranges and directions of one key as alternatives', () => {
    expect(parse('ended:2026-03-04,2026-03-06')).toMatchObject({
      type: 'or',
      operands: [
        { type: 'time', from: '2026-03-04T00:00:00.000Z' },
        { type: 'time', from: '2026-03-06T00:00:00.000Z' },
      ],
    });
  });

  it.each([
    ['outcome:bogus', 8, 'timed-out'],
    ['vm:a outcome:', 13, 'succeeded'],
    ['colour:red', 0, 'cluster:'],
    ['vm:a colour:red', 5, 'quotes around a text with a colon'],
    ['vm:a, b', 5, 'a value'],
    ['vm:"a', 5, 'a closing quote'],
    [String.raw`vm:"a\b"`, 5, '\\" or \\\\'],
    ['vm:"a"b', 6, 'a comma and another value'],
    ['(vm:a', 5, 'a closing parenthesis'],
    ['vm:a)', 4, 'the end of the filter'],
    ['vm:a OR', 7, 'a key with a value'],
    ['OR vm:a', 0, 'a key with a value'],
    ['- vm:a', 1, 'a text to look for'],
    ['""', 0, 'a text that is not empty'],
    ['a*b', 0, 'a text without *'],
    [
      'direction:incoming',
      18,
      '@ and the id of a site, or cluster: and the name of a cluster',
    ],
    ['direction:inward@kista', 10, 'incoming'],
    ['created:yesterday', 8, 'a day such as 2026-03-04'],
    ['created:2026-02-31', 8, 'a day such as 2026-03-04'],
    ['created:2026-03-04..soon', 20, 'a day such as 2026-03-04'],
    ['created:..', 10, 'a day such as 2026-03-04'],
    ['created:9999', 8, 'a day such as 2026-03-04'],
    ['created:2026-03-05..2026-03-04', 8, 'a range that begins before it ends'],
    ['created:-2d..-1w', 8, 'a range that begins before it ends'],
  ])('refuses %s at %i', (text, position, expected) => {
    const mistake = mistakeIn(text);
    expect(mistake.position).toBe(position);
    expect(mistake.expected).toContain(expected);
    expect(mistake.name).toBe('InputError');
    expect(mistake.message).toContain(`at character ${position + 1}`);
    expect(mistake.message).toContain(expected);
  });

  it('knows which keys belong to machines and which to migrations', () => {
    expect(mistakeIn('outcome:failed', 'virtual-machine').position).toBe(0);
    expect(
      mistakeIn('direction:incoming@a', 'virtual-machine').expected,
    ).toEqual(expect.arrayContaining(['status:', 'created:']));
    expect(mistakeIn('status:Running', 'migration').expected).not.toContain(
      'status:',
    );
  });

  it('bounds what it passes on to a database', () => {
    const values = Array.from({ length: 501 }, (_, index) => index);
    expect(parse(`id:${values.slice(1).join(',')}`)).toBeDefined();
    expect(mistakeIn(`id:${values.join(',')}`).expected).toEqual([
      'at most 500 values',
    ]);
    expect(mistakeIn(values.join(' ')).expected).toEqual([
      'at most 500 values',
    ]);
    expect(mistakeIn('('.repeat(10_000)).position).toBe(32);
  });

  it('understands any text or says where it does not', () => {
    const tokens = fc.constantFrom(
      ...['vm', 'created', 'direction', ':', ',', '"', '(', ')', '-', '!', '*'],
      ...[' ', 'OR', 'AND', '..', '@', '\\', '<', '2026-03-04', '-1h', 'é'],
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(tokens).map(parts => parts.join('')),
        ),
        text => {
          const mistake = mistakeOf(text);
          expect(mistake?.position ?? 0).toBeGreaterThanOrEqual(0);
          expect(mistake?.position ?? 0).toBeLessThanOrEqual(text.length);
          expect(mistake?.expected ?? ['']).not.toHaveLength(0);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
