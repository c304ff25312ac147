import { z } from 'zod';

/**
 * The time ranges of the filter language. A year, a month and a day stand for the whole
 * of it, a time of day for that instant; all in UTC.
 *
 *     2026-03-04                      that day
 *     2026-03-04..2026-03-05          both days
 *     >=2026-03-04  <2026-03          from that day on, before that month
 *     -24h..                          the last 24 hours
 *     *                               whenever, as long as the time is known
 *
 * @public
 */
export interface TimeRange {
  /** Inclusive, ISO time. */
  from?: string;
  /** Exclusive, ISO time. */
  to?: string;
}

/** Milliseconds since 1970; `to` equals `from` for an instant. */
interface Moment {
  from: number;
  to: number;
}

const HOUR_MS = 3_600_000;

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: HOUR_MS,
  d: 24 * HOUR_MS,
  w: 7 * 24 * HOUR_MS,
};

// ISO times compare as strings only while the year has four digits.
const EARLIEST = Date.parse('0000-01-01T00:00:00.000Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

const MOMENT = [
  'a day such as 2026-03-04',
  'a time such as 2026-03-04T10:15:00Z',
  'a time ago such as -24h (s, m, h, d, w)',
];

const dateSchema = z.iso.date();
const timeSchema = z.iso.datetime({ offset: true });

/**
 * Reads a range. `fail` is called with the offset of the mistake within `text` and what
 * was expected there, and does not return.
 *
 * @public
 */
export function parseTimeRange(
  text: string,
  now: Date,
  fail: (offset: number, expected: string[]) => never,
): TimeRange {
  function momentAt(offset: number, end: number): Moment {
    return (
      parseMoment(text.slice(offset, end), now.getTime()) ??
      fail(offset, MOMENT)
    );
  }

  if (text === '*') {
    return {};
  }
  const [comparison] = /^[<>]=?/.exec(text) ?? [];
  if (comparison) {
    const { from, to } = momentAt(comparison.length, text.length);
    const next = Math.max(to, from + 1);
    switch (comparison) {
      case '<':
        return { to: toIso(from) };
      case '<=':
        return { to: toIso(next) };
      case '>':
        return { from: toIso(next) };
      default:
        return { from: toIso(from) };
    }
  }
  const dots = text.indexOf('..');
  if (dots < 0) {
    const { from, to } = momentAt(0, text.length);
    return { from: toIso(from), to: toIso(Math.max(to, from + 1)) };
  }
  const first = dots > 0 ? momentAt(0, dots) : undefined;
  const last =
    dots + 2 < text.length || !first
      ? momentAt(dots + 2, text.length)
      : undefined;
  if (first && last && first.from >= last.to) {
    return fail(0, ['a range that begins before it ends']);
  }
  return {
    ...(first && { from: toIso(first.from) }),
    ...(last && { to: toIso(last.to) }),
  };
}

/** The shortest text that {@link parseTimeRange} reads as this range. */
export function printTimeRange(range: TimeRange): string {
  const { from, to } = range;
  if (from === undefined) {
    return to === undefined ? '*' : `<${printStart(to)}`;
  }
  if (to === undefined) {
    return `>=${printStart(from)}`;
  }
  const start = printStart(from);
  const end = printEnd(to);
  return start === end ? start : `${start}..${end}`;
}

function parseMoment(text: string, now: number): Moment | undefined {
  const moment = parseAgo(text, now) ?? parseDate(text);
  return moment && moment.from >= EARLIEST && moment.to <= LATEST
    ? moment
    : undefined;
}

function parseAgo(text: string, now: number): Moment | undefined {
  const [, count, unit] = /^-(\d{1,5})([smhdw])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) {
    return undefined;
  }
  const at = now - Number(count) * UNIT_MS[unit];
  return { from: at, to: at };
}

function parseDate(text: string): Moment | undefined {
  if (/^\d{4}$/.test(text)) {
    return spanOf(`${text}-01-01`, start => start.setUTCMonth(12));
  }
  if (/^\d{4}-\d{2}$/.test(text)) {
    return spanOf(`${text}-01`, start =>
      start.setUTCMonth(start.getUTCMonth() + 1),
    );
  }
  if (dateSchema.safeParse(text).success) {
    return spanOf(text, start => start.setUTCDate(start.getUTCDate() + 1));
  }
  const [, minutes, seconds = ':00', zone = 'Z'] =
    /^(.+T\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  const time = `${minutes}${seconds}${zone}`;
  if (timeSchema.safeParse(time).success) {
    const at = Date.parse(time);
    return { from: at, to: at };
  }
  return undefined;
}

function spanOf(
  date: string,
  next: (start: Date) => number,
): Moment | undefined {
  if (!dateSchema.safeParse(date).success) {
    return undefined;
  }
  const start = new Date(`${date}T00:00:00.000Z`);
  return { from: start.getTime(), to: next(new Date(start)) };
}

function toIso(at: number): string {
  return new Date(at).toISOString();
}

function isMidnight(iso: string): boolean {
  return iso.endsWith('T00:00:00.000Z');
}

function printStart(time: string): string {
  const iso = toIso(Date.parse(time));
  return isMidnight(iso) ? iso.slice(0, 10) : iso.replace('.000Z', 'Z');
}

// A day at the end of a range is part of it, so midnight is written as the day before.
function printEnd(time: string): string {
  const iso = toIso(Date.parse(time));
  return isMidnight(iso)
    ? toIso(Date.parse(time) - 1).slice(0, 10)
    : iso.replace('.000Z', 'Z');
}
