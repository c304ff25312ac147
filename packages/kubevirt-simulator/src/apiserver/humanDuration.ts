const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** A span as kubectl prints an age: two units while it is short, one when it is long. */
export function humanDuration(spanMs: number): string {
  if (spanMs < -SECOND) return '<invalid>';
  if (spanMs < 0) return '0s';
  if (spanMs < 2 * MINUTE) return one(spanMs, SECOND, 's');
  if (spanMs < 10 * MINUTE) return two(spanMs, MINUTE, 'm', SECOND, 's');
  if (spanMs < 3 * HOUR) return one(spanMs, MINUTE, 'm');
  if (spanMs < 8 * HOUR) return two(spanMs, HOUR, 'h', MINUTE, 'm');
  if (spanMs < 2 * DAY) return one(spanMs, HOUR, 'h');
  if (spanMs < 8 * DAY) return two(spanMs, DAY, 'd', HOUR, 'h');
  if (spanMs < 2 * YEAR) return one(spanMs, DAY, 'd');
  if (spanMs < 8 * YEAR) return two(spanMs, YEAR, 'y', DAY, 'd');
  return one(spanMs, YEAR, 'y');
}

function one(spanMs: number, unit: number, name: string): string {
  return `${Math.floor(spanMs / unit)}${name}`;
}

function two(
  spanMs: number,
  unit: number,
  name: string,
  smallUnit: number,
  smallName: string,
): string {
  const rest = Math.floor((spanMs % unit) / smallUnit);
  return one(spanMs, unit, name) + (rest > 0 ? `${rest}${smallName}` : '');
}
