import { z } from 'zod';

/**
 * A time in UTC, ISO 8601 with a `Z`, for example `2026-03-04T10:15:00.000Z`.
 *
 * @public
 */
export const isoTimeSchema = z.iso.datetime();
