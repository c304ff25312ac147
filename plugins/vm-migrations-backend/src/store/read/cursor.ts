import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import {
  normalizeFilter,
  type FilterExpression,
} from 'backstage-plugin-vm-migrations-common';

/*
 * A page begins after the last row of the page before, by that row's place in the order:
 * rows that come and go between two pages neither shift nor repeat the others, and the
 * thousandth page costs what the first one costs.
 */

/** Place of a row in an order; the id decides between equal values. */
export interface Place {
  value: number | string;
  id: string;
}

const storableText = z.string().refine(text => !text.includes('\u0000'));
const cursorSchema = {
  number: z.tuple([z.string(), z.number(), storableText]),
  string: z.tuple([z.string(), storableText, storableText]),
};

/** @param list - what is listed and how: a cursor is good for nothing else */
export function encodeCursor(list: string, { value, id }: Place): string {
  return Buffer.from(JSON.stringify([list, value, id])).toString('base64url');
}

/**
 * @param type - of the values that the list is ordered by
 * @throws InputError if the cursor was not given out for this list
 */
export function decodeCursor(
  list: string,
  cursor: string,
  type: 'number' | 'string',
): Place {
  const parsed = cursorSchema[type].safeParse(parseCursor(cursor));
  if (!parsed.success || parsed.data[0] !== list) {
    throw new InputError(
      "Parameter 'cursor' is not one that this list gave: it must be pageInfo.nextCursor of the page before, asked for with the same filter and order",
    );
  }
  const [, value, id] = parsed.data;
  return { value, id };
}

function parseCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/**
 * A short text that differs for different filters. The bounds of times are left out: those
 * of a filter such as "the last 24 hours" move on from page to page.
 */
export function fingerprintOf(filter: FilterExpression | undefined): string {
  const normal = normalizeFilter(filter);
  const text = JSON.stringify(normal, (key, value) =>
    (key === 'from' || key === 'to') && value !== undefined ? true : value,
  );
  return createHash('sha256')
    .update(text ?? '')
    .digest('base64url')
    .slice(0, 12);
}
