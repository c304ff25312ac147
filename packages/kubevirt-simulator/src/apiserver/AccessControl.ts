/**
 * Who may do what: bearer tokens stand for users, users have rules as in RBAC roles. A
 * cluster without users is open to everybody.
 */
import { StatusError } from '../store';
import type { RequestInfo, ResourceRequest } from './RequestInfo';

/** As in an RBAC role; `*` stands for everything. */
export interface PolicyRule {
  /** `''` is the core API. */
  apiGroups: string[];
  /** Plurals; a subresource is named apart, as in `virtualmachines/status`. */
  resources: string[];
  verbs: string[];
  /** Where the rule holds; everywhere, also at the cluster scope, when absent. */
  namespaces?: string[];
}

export interface User {
  name: string;
  token: string;
  rules: PolicyRule[];
}

/** A user who may do everything, as a member of `system:masters`. */
export const ALL_RULES: PolicyRule[] = [
  { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
];

const ANONYMOUS = 'system:anonymous';
/** Paths that kube-apiserver answers to everybody. */
const PUBLIC_PATHS = ['/healthz', '/livez', '/readyz', '/version'];

export type Requester = Pick<User, 'name' | 'rules'>;

export class AccessControl {
  #users: User[] | undefined;

  /** @param users - undefined: open to everybody */
  constructor(users: User[] | undefined) {
    this.#users = users;
  }

  get users(): readonly User[] {
    return this.#users ?? [];
  }

  /** Replaces all users, for instance to renew or revoke tokens; requests that run go on. */
  setUsers(users: User[]): void {
    this.#users = users;
  }

  /** @throws StatusError 401 when the credentials are not known */
  authenticate(authorization: string | undefined): Requester {
    if (!this.#users) return { name: 'admin', rules: ALL_RULES };
    if (!authorization) return { name: ANONYMOUS, rules: [] };
    const token = /^Bearer (.+)$/i.exec(authorization)?.[1];
    const user = this.#users.find(candidate => candidate.token === token);
    if (!user) throw unauthorized();
    return user;
  }

  /** @throws StatusError 403 in the words of RBAC */
  authorize(requester: Requester, request: RequestInfo): void {
    if (request.type === 'path') {
      const isAllowed =
        requester.name !== ANONYMOUS || PUBLIC_PATHS.includes(request.path);
      if (!isAllowed) throw forbidden(requester, request);
      return;
    }
    if (!requester.rules.some(rule => covers(rule, request))) {
      throw forbidden(requester, request);
    }
  }
}

function covers(rule: PolicyRule, request: ResourceRequest): boolean {
  const { plural, subresource } = request;
  const resource = subresource ? `${plural}/${subresource}` : plural;
  const includes = (values: string[], value: string) =>
    values.includes('*') || values.includes(value);
  return (
    includes(rule.apiGroups, request.group) &&
    includes(rule.resources, resource) &&
    includes(rule.verbs, request.verb) &&
    (rule.namespaces === undefined ||
      (request.namespace !== undefined &&
        includes(rule.namespaces, request.namespace)))
  );
}

export function unauthorized(): StatusError {
  return new StatusError(401, 'Unauthorized', 'Unauthorized');
}

export function forbidden(
  requester: Pick<Requester, 'name'>,
  request: RequestInfo,
): StatusError {
  const user = `User "${requester.name}" cannot`;
  if (request.type === 'path') {
    return new StatusError(
      403,
      'Forbidden',
      `forbidden: ${user} ${request.verb} path "${request.path}"`,
      {},
    );
  }
  const { group, plural, name, namespace, subresource, verb } = request;
  const qualified = group ? `${plural}.${group}` : plural;
  const subject = name ? `${qualified} "${name}"` : qualified;
  const resource = subresource ? `${plural}/${subresource}` : plural;
  const scope = namespace
    ? `in the namespace "${namespace}"`
    : 'at the cluster scope';
  return new StatusError(
    403,
    'Forbidden',
    `${subject} is forbidden: ${user} ${verb} resource "${resource}" in API group "${group}" ${scope}`,
    { ...(name && { name }), ...(group && { group }), kind: plural },
  );
}
