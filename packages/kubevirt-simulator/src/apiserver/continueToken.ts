import { z } from 'zod';
import { StatusError } from '../store';
import { badRequest } from '../store/StatusError';

/** Where the next page of a list begins. */
export interface ContinueToken {
  /** The version of the list, or -1: whatever the version is by then. */
  resourceVersion: number;
  /** The key of the last object that was given out. */
  lastKey: string;
}

const VERSION = 'meta.k8s.io/v1';

const tokenSchema = z.object({
  v: z.literal(VERSION),
  rv: z.number().int(),
  start: z.string().endsWith('\0'),
});

/** Clients must not look inside, but the form is that of kube-apiserver. */
export function encodeContinueToken(token: ContinueToken): string {
  return Buffer.from(
    JSON.stringify({
      v: VERSION,
      rv: token.resourceVersion,
      start: `${token.lastKey}\0`,
    }),
  ).toString('base64url');
}

/** @throws StatusError 400 when it is no token of this server */
export function decodeContinueToken(text: string): ContinueToken {
  try {
    const { rv, start } = tokenSchema.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
    return { resourceVersion: rv, lastKey: start.slice(0, -1) };
  } catch {
    throw badRequest('invalid continue token: continue key is not valid');
  }
}

/** 410 for a token whose version is forgotten, with another one to go on with. */
export function expiredContinueToken(token: ContinueToken): StatusError {
  const error = new StatusError(
    410,
    'Expired',
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
  );
  error.status.metadata.continue = encodeContinueToken({
    resourceVersion: -1,
    lastKey: token.lastKey,
  });
  return error;
}
