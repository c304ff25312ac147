import type { Translate } from '../translations';
import type { EpochMs, Milliseconds } from './units';

/**
 * How points in time are written in one language. Formatters are slow to build, so each
 * language builds its own once.
 */
export interface TimeFormats {
  /** `12:40:21` */
  clock(at: EpochMs): string;
  /** `12:40` */
  shortClock(at: EpochMs): string;
  /** `12 Nov 21:10`, with the year when it is not this one */
  date(at: EpochMs, now: EpochMs): string;
  /** `Tue 24 Nov 2026, 12:40:21 GMT+1` */
  absolute(at: EpochMs): string;
}

const formatsByLanguage = new Map<string, TimeFormats>();

/** The formats of a language; English is written the 24 hour way. */
export function timeFormats(language: string): TimeFormats {
  const known = formatsByLanguage.get(language);
  if (known) {
    return known;
  }
  const locale = language === 'en' ? 'en-GB' : language;
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, {
      hourCycle: 'h23',
      ...options,
    });
    return (at: EpochMs) => formatter.format(at);
  };
  const clock = format({
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const shortClock = format({ hour: '2-digit', minute: '2-digit' });
  const day = format({ day: 'numeric', month: 'short' });
  const dayOfYear = format({ day: 'numeric', month: 'short', year: 'numeric' });
  const absolute = format({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  });
  const formats: TimeFormats = {
    clock,
    shortClock,
    absolute,
    date: (at, now) =>
      new Date(at).getFullYear() === new Date(now).getFullYear()
        ? `${day(at)} ${shortClock(at)}`
        : `${dayOfYear(at)} ${shortClock(at)}`,
  };
  formatsByLanguage.set(language, formats);
  return formats;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long ago, for 24 hours; after that the date. What a faster server clock puts in
 * the future is `just now`.
 */
export function relativeTime(
  at: EpochMs,
  now: EpochMs,
  t: Translate,
  formats: TimeFormats,
): string {
  const age = now - at;
  if (age < 5 * SECOND) {
    return t('time.justNow');
  }
  if (age < MINUTE) {
    return t('time.secondsAgo', { value: whole(age, SECOND) });
  }
  if (age < HOUR) {
    return t('time.minutesAgo', { value: whole(age, MINUTE) });
  }
  if (age < DAY) {
    return t('time.hoursAgo', { value: whole(age, HOUR) });
  }
  return formats.date(at, now);
}

function whole(ms: Milliseconds, unit: Milliseconds): string {
  return String(Math.floor(ms / unit));
}
