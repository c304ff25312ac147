/** The kinds of PATCH: how a body changes an object. */
import { applyPatch as applyJsonPatch } from 'rfc6902';
import { z } from 'zod';
import type { KubernetesObject, ResourceDefinition } from '../store';
import { badRequest, StatusError } from '../store/StatusError';

export type PatchType = 'merge' | 'json' | 'apply';

const STRATEGIC = 'application/strategic-merge-patch+json';

const TYPES: ReadonlyMap<string, PatchType> = new Map([
  ['application/json-patch+json', 'json'],
  ['application/merge-patch+json', 'merge'],
  ['application/apply-patch+yaml', 'apply'],
]);

/**
 * Custom resources know no strategic merge patch. For built-in ones it is a merge patch as
 * long as there are no lists in it, which need the types to be merged.
 *
 * @throws StatusError 415
 */
export function patchTypeOf(
  contentType: string | undefined,
  definition: ResourceDefinition,
  patch: unknown,
): PatchType {
  const name = contentType?.split(';')[0].trim() ?? '';
  const isBuiltIn = definition.group === '';
  if (name === STRATEGIC && isBuiltIn && !hasListsOrDirectives(patch)) {
    return 'merge';
  }
  const type = TYPES.get(name);
  if (type) return type;
  throw new StatusError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${[
      ...TYPES.keys(),
    ].join(', ')}`,
  );
}

function hasListsOrDirectives(patch: unknown): boolean {
  if (Array.isArray(patch)) return true;
  if (!isRecord(patch)) return false;
  return Object.entries(patch).some(
    ([field, value]) => field.startsWith('$') || hasListsOrDirectives(value),
  );
}

const path = z.string();
const operationSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('add'), path, value: z.unknown() }),
  z.object({ op: z.literal('remove'), path }),
  z.object({ op: z.literal('replace'), path, value: z.unknown() }),
  z.object({ op: z.literal('move'), path, from: z.string() }),
  z.object({ op: z.literal('copy'), path, from: z.string() }),
  z.object({ op: z.literal('test'), path, value: z.unknown() }),
]);

/**
 * Applies a patch to `draft`, which is changed.
 *
 * @returns the patched object
 * @throws StatusError 400 when the patch cannot be read, 422 when it does not fit
 */
export function applyPatch(
  draft: KubernetesObject,
  type: PatchType,
  patch: unknown,
): unknown {
  if (type !== 'json') return mergePatch(draft, patch);
  const operations = z.array(operationSchema).safeParse(patch);
  if (!operations.success) {
    throw badRequest(
      `error decoding patch: ${z.prettifyError(operations.error)}`,
    );
  }
  const errors = applyJsonPatch(draft, operations.data);
  if (errors.some(error => error !== null)) {
    throw new StatusError(
      422,
      'Invalid',
      'the server rejected our request due to an error in our request',
      {},
    );
  }
  return draft;
}

/** JSON merge patch, RFC 7386. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const merged: Record<string, unknown> = isRecord(target) ? { ...target } : {};
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) delete merged[field];
    else merged[field] = mergePatch(merged[field], value);
  }
  return merged;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
