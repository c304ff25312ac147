/** A span of time in milliseconds, never negative. */
export type Milliseconds = number;

/** A point in time, in milliseconds since 1970. */
export type EpochMs = number;

/** A time in UTC as the API writes it, `2026-03-04T10:15:00.000Z`. */
export type IsoTime = string;

/** Between 0 and 1. */
export type Fraction = number;
