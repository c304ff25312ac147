import type { Fault } from '../faults';
import { StatusError } from '../store';
import { forbidden, unauthorized } from './AccessControl';
import type { RequestInfo } from './RequestInfo';

/** What kube-apiserver says with each code that faults can make it answer. */
const ANSWERS: ReadonlyMap<number, [reason: string, message: string]> = new Map(
  [
    [404, ['NotFound', 'the server could not find the requested resource']],
    [
      410,
      ['Expired', 'The resourceVersion for the provided watch is too old.'],
    ],
    [
      429,
      [
        'TooManyRequests',
        'the server has received too many requests and has asked us to try again later',
      ],
    ],
    [500, ['InternalError', 'Internal error occurred: etcdserver: no leader']],
    [
      503,
      [
        'ServiceUnavailable',
        'the server is currently unable to handle the request',
      ],
    ],
    [
      504,
      ['Timeout', 'Timeout: request did not complete within requested timeout'],
    ],
  ],
);

/** The refusal that a fault stands for, as `request` would get it. */
export function faultError(
  fault: Extract<Fault, { kind: 'respond' }>,
  request: RequestInfo,
  requester: { name: string },
): StatusError {
  if (fault.code === 401) return unauthorized();
  if (fault.code === 403) return forbidden(requester, request);
  return statusErrorOfCode(fault.code, fault.retryAfterSeconds);
}

/** @throws Error for a code that faults do not know */
export function statusErrorOfCode(
  code: number,
  retryAfterSeconds?: number,
): StatusError {
  const answer = ANSWERS.get(code);
  if (!answer)
    throw new Error(`There is no simulated answer with code ${code}`);
  const [reason, message] = answer;
  return new StatusError(
    code,
    reason,
    message,
    retryAfterSeconds === undefined ? undefined : { retryAfterSeconds },
  );
}

export function methodNotAllowed(): StatusError {
  return new StatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}
