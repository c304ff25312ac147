import { isError } from '@backstage/errors';
import type { ResourceHealth } from 'backstage-plugin-vm-migrations-common';
import {
  ConnectionError,
  CredentialsError,
  KubernetesError,
} from '../clusters';
import type { ResourceType } from './types';
import {
  PageTooLargeError,
  ProtocolError,
  ShortWatchError,
  SinkError,
} from './watchErrors';

/**
 * Somebody has to grant a right or to install something; there is no hurry. But API
 * servers that start also answer so for a moment, so the first tries come soon.
 */
const SLOW_RETRY_MS = 60_000;
/** A server that asks for more is not believed: it would be blind too long. */
const MAX_RETRY_AFTER_MS = 120_000;
/** A position that leads to nothing but errors is given up, as client-go does. */
const RELIST_AFTER_STREAM_ERRORS = 3;

/** What a failure means for the reflector. */
export interface Failure {
  /** What is wrong with the cluster; absent when it is to be expected or our own. */
  problem?: ResourceHealth['problem'];
  /** In words, for people. */
  message: string;
  /** The position reached is of no use any more. */
  relist: boolean;
  /** The first one in a row needs no waiting. */
  expected: boolean;
  /** Replaces the usual longest wait. */
  maxDelayMs?: number;
  /** To be waited at least. */
  minDelayMs: number;
}

function judgeStatus(
  error: KubernetesError,
  resource: ResourceType,
  failures: number,
): Failure {
  const { status, reason, message } = error;
  const name = [resource.plural, resource.group].filter(Boolean).join('.');
  const code = [status || undefined, reason].filter(Boolean).join(' ');
  const common = {
    relist: error.inStream && failures >= RELIST_AFTER_STREAM_ERRORS,
    expected: false,
    minDelayMs: Math.min(error.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS),
  };
  if (status === 410 || reason === 'Expired' || reason === 'Gone') {
    return {
      ...common,
      problem: 'server-error',
      message: `The API server no longer knows the position reached: ${message}`,
      relist: true,
      expected: true,
    };
  }
  if (status === 401) {
    return {
      ...common,
      problem: 'unauthorized',
      message: `The API server does not accept the credentials: ${message}`,
    };
  }
  if (status === 403) {
    return {
      ...common,
      problem: 'forbidden',
      message: `The credentials do not allow to list and watch ${name}: ${message}`,
      maxDelayMs: SLOW_RETRY_MS,
    };
  }
  if (status === 404) {
    return {
      ...common,
      problem: 'absent',
      message: `The cluster does not have ${name} in version ${resource.version}: its CustomResourceDefinition is not installed`,
      relist: true,
      maxDelayMs: SLOW_RETRY_MS,
    };
  }
  if (status === 429) {
    return {
      ...common,
      problem: 'throttled',
      message: `The API server has too many requests: ${message}`,
    };
  }
  if (status >= 500 || error.inStream) {
    return {
      ...common,
      problem: 'server-error',
      message: `The API server fails (${code || 'no code'}): ${message}`,
    };
  }
  return {
    ...common,
    problem: 'protocol',
    message: `The API server does not understand the request (${code}): ${message}`,
  };
}

/**
 * What follows from a failure.
 *
 * @param error what list, watch or sink threw
 * @param failures how many came before it in a row
 */
export function judgeFailure(
  error: unknown,
  resource: ResourceType,
  failures: number,
): Failure {
  if (error instanceof KubernetesError) {
    return judgeStatus(error, resource, failures);
  }
  const message = isError(error) ? error.message : String(error);
  const common = { message, relist: false, expected: false, minDelayMs: 0 };
  if (error instanceof ConnectionError) {
    return { ...common, problem: 'unreachable' };
  }
  if (error instanceof CredentialsError) {
    return { ...common, problem: 'unauthorized' };
  }
  if (error instanceof ShortWatchError) {
    return { ...common, problem: 'server-error' };
  }
  if (error instanceof PageTooLargeError) {
    return { ...common, problem: 'protocol', expected: true };
  }
  if (error instanceof ProtocolError) {
    // Resumed, the watch would bring the same again.
    return { ...common, problem: 'protocol', relist: true };
  }
  if (error instanceof SinkError) {
    return {
      ...common,
      message: 'What the cluster sent could not be stored; it is read again',
    };
  }
  return { ...common, message: `Unexpected: ${message}` };
}
