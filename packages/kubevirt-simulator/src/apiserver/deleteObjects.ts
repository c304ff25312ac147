/** DELETE of one object and of a collection. */
import { z } from 'zod';
import type { StatusDetails, StoredObject } from '../store';
import { badRequest, invalidField } from '../store/StatusError';
import { parseListOptions } from './listOptions';
import { listJson } from './readObjects';
import { parseBody } from './requestBody';
import { jsonOfObject } from './ServedResource';
import type { WriteContext } from './writeObjects';

const deleteOptionsSchema = z.object({
  propagationPolicy: z.string().nullish(),
  preconditions: z
    .object({
      uid: z.string().optional(),
      resourceVersion: z.string().optional(),
    })
    .nullish(),
});

type DeleteOptions = z.infer<typeof deleteOptionsSchema>;

const PROPAGATION_POLICIES = ['Foreground', 'Background', 'Orphan'];

/** The object as it still stands, or what to say of one that is gone. */
export type DeleteAnswer = { json: string } | { details: StatusDetails };

/** @throws StatusError 400, 404, 409, 422 */
export function deleteObject(
  context: WriteContext,
  name: string,
): DeleteAnswer {
  const { store, resource, request } = context;
  const { definition } = resource;
  const options = parseDeleteOptions(context);
  const { object, gone } = store.delete(
    definition.plural,
    definition.namespaced ? request.namespace : undefined,
    name,
    { preconditions: options.preconditions ?? undefined },
  );
  const { group, plural: kind } = definition;
  const isCustom = group !== '';
  return gone && isCustom
    ? { details: { name, group, kind, uid: object.metadata.uid } }
    : { json: jsonOfObject(resource, object) };
}

/**
 * @returns the list of what was there, as JSON
 * @throws StatusError 400, 422
 */
export function deleteCollection(context: WriteContext): string {
  const { store, resource, request } = context;
  const { definition } = resource;
  parseDeleteOptions(context);
  const { matches } = parseListOptions(definition, request);
  const metadata = {
    continue: '',
    resourceVersion: String(store.resourceVersion),
  };
  const doomed: StoredObject[] = store
    .snapshot(definition.plural)
    .filter(matches);
  for (const { namespace, name } of doomed) {
    store.delete(definition.plural, namespace, name);
  }
  return listJson(resource, doomed, metadata);
}

/** From body and query; who owns whom is nobody's concern here, so that all policies are one. */
function parseDeleteOptions(context: WriteContext): DeleteOptions {
  const { body, request } = context;
  const isEmpty = body.bytes.length === 0;
  const value = isEmpty ? {} : parseBody(body, 'DeleteOptions');
  const parsed = deleteOptionsSchema.safeParse(value);
  if (!parsed.success) {
    throw badRequest(
      `error decoding DeleteOptions: ${z.prettifyError(parsed.error)}`,
    );
  }
  const policy =
    parsed.data.propagationPolicy ?? request.query.get('propagationPolicy');
  if (policy && !PROPAGATION_POLICIES.includes(policy)) {
    throw invalidField(
      { group: 'meta.k8s.io', kind: 'DeleteOptions', name: '' },
      'propagationPolicy',
      'FieldValueNotSupported',
      `Unsupported value: "${policy}": supported values: "Foreground", "Background", "Orphan", "nil"`,
    );
  }
  return parsed.data;
}
