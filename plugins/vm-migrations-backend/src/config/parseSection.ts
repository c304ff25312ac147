import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** Values of app-config that come from environment variables are strings. */
export const configNumber = z.union(
  [
    z.number(),
    z
      .string()
      .regex(/^\s*[-+]?\d+(\.\d+)?\s*$/)
      .transform(Number),
  ],
  'must be a number',
);

export const configBoolean = z.union(
  [z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })],
  'must be true or false',
);

export const configText = z.string().min(1, 'must not be empty');

/** Records are found by `cluster/namespace/name`. */
export const clusterName = configText.regex(/^[^/]*$/, "must not contain '/'");

function keyOf(section: string, path: PropertyKey[]): string {
  return path.reduce<string>(
    (key, part) =>
      typeof part === 'number' ? `${key}[${part}]` : `${key}.${String(part)}`,
    section,
  );
}

/** Never contains the value itself: it may be a secret. */
function describe(section: string, issue: z.core.$ZodIssue): string {
  const key = keyOf(section, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return `${keyOf(key, [issue.keys[0]])} is not a known key`;
  }
  if (issue.code === 'invalid_type') {
    return issue.message.endsWith('received undefined')
      ? `${key} is missing`
      : `${key} must be of type ${issue.expected}`;
  }
  return `${key} ${issue.message}`;
}

/**
 * Reads one section of app-config.
 *
 * @param section its key, which the messages begin with
 * @throws InputError that names the key of the first mistake
 */
export function parseSection<T>(
  schema: z.ZodType<T>,
  section: string,
  value: unknown,
): T {
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new InputError(
      `Invalid configuration: ${describe(section, result.error.issues[0])}`,
    );
  }
  return result.data;
}
