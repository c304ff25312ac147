import type { ResourceDefinition } from './types';

/** `Status` of the Kubernetes API: the body of every refusal. */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: Record<string, unknown>;
  status: 'Success' | 'Failure';
  message?: string;
  reason?: string;
  details?: StatusDetails;
  code?: number;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: { reason?: string; message?: string; field?: string }[];
  retryAfterSeconds?: number;
}

/**
 * A refusal in the API server's own words. Clients tell refusals apart by `code` and
 * `reason`, and people by the message, so all three are those of kube-apiserver.
 */
export class StatusError extends Error {
  readonly status: Status & { code: number };

  /** @param reason - undefined where kube-apiserver gives none, as for code 500 */
  constructor(
    code: number,
    reason: string | undefined,
    message: string,
    details?: StatusDetails,
  ) {
    super(message);
    this.name = 'StatusError';
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      ...(reason && { reason }),
      ...(details && { details }),
      code,
    };
  }

  get code(): number {
    return this.status.code;
  }
}

/** `virtualmachines.kubevirt.io`, or the bare plural for the core API. */
export function qualifiedName(resource: ResourceDefinition): string {
  return resource.group
    ? `${resource.plural}.${resource.group}`
    : resource.plural;
}

function detailsOf(resource: ResourceDefinition, name?: string): StatusDetails {
  return {
    ...(name && { name }),
    ...(resource.group && { group: resource.group }),
    kind: resource.plural,
  };
}

export function notFound(
  resource: ResourceDefinition,
  name: string,
): StatusError {
  return new StatusError(
    404,
    'NotFound',
    `${qualifiedName(resource)} "${name}" not found`,
    detailsOf(resource, name),
  );
}

export function alreadyExists(
  resource: ResourceDefinition,
  name: string,
): StatusError {
  return new StatusError(
    409,
    'AlreadyExists',
    `${qualifiedName(resource)} "${name}" already exists`,
    detailsOf(resource, name),
  );
}

export function conflict(
  resource: ResourceDefinition,
  name: string,
  why: string,
): StatusError {
  return new StatusError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualifiedName(
      resource,
    )} "${name}": ${why}`,
    detailsOf(resource, name),
  );
}

/** 409 on a deletion, which kube-apiserver words with the kind in place of the plural. */
export function deletionConflict(
  resource: ResourceDefinition,
  name: string,
  why: string,
): StatusError {
  return conflict({ ...resource, plural: resource.kind }, name, why);
}

/** 422: one field has a value that it may not have. */
export function invalid(
  resource: ResourceDefinition,
  name: string,
  field: string,
  reason: InvalidFieldReason,
  message: string,
): StatusError {
  return invalidField(
    { group: resource.group, kind: resource.kind, name },
    field,
    reason,
    message,
  );
}

export type InvalidFieldReason =
  | 'FieldValueForbidden'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueRequired';

/** The same for what is no object of the store, such as the options of a request. */
export function invalidField(
  subject: { group: string; kind: string; name: string },
  field: string,
  reason: InvalidFieldReason,
  message: string,
): StatusError {
  const { group, kind, name } = subject;
  const qualifiedKind = group ? `${kind}.${group}` : kind;
  return new StatusError(
    422,
    'Invalid',
    `${qualifiedKind} "${name}" is invalid: ${field}: ${message}`,
    {
      ...(name && { name }),
      ...(group && { group }),
      kind,
      causes: [{ reason, message, field }],
    },
  );
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

/** 410: the history no longer reaches back to where the client wants to start. */
export function expired(message: string): StatusError {
  return new StatusError(410, 'Expired', message);
}
