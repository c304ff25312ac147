import type { ServerResponse } from 'node:http';
import type { Status } from '../store';
import { StatusError } from '../store';

export function sendText(
  response: ServerResponse,
  code: number,
  text: string,
): void {
  response.statusCode = code;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.end(text);
}

/** @param json - the body, already written out */
export function sendJson(
  response: ServerResponse,
  code: number,
  json: string,
): void {
  response.statusCode = code;
  response.setHeader('Cache-Control', 'no-cache, private');
  response.setHeader('Content-Type', 'application/json');
  response.end(json);
}

/** What kube-apiserver answers where nothing is served: no Status, but text. */
export function sendPageNotFound(response: ServerResponse): void {
  sendText(response, 404, '404 page not found\n');
}

export function sendSuccess(
  response: ServerResponse,
  details: Status['details'],
): void {
  const status: Status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details,
  };
  sendJson(response, 200, JSON.stringify(status));
}

export function sendError(response: ServerResponse, error: unknown): void {
  const { status } = statusErrorOf(error);
  if (response.headersSent) {
    // The client is in the midst of a body: only a broken connection tells it.
    response.destroy();
    return;
  }
  if (status.details?.retryAfterSeconds !== undefined) {
    response.setHeader('Retry-After', status.details.retryAfterSeconds);
  }
  sendJson(response, status.code, JSON.stringify(status));
}

/** An error that is no refusal is a mistake in the simulator; its client learns so. */
export function statusErrorOf(error: unknown): StatusError {
  if (error instanceof StatusError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new StatusError(
    500,
    'InternalError',
    `Internal error occurred: ${message}`,
    { causes: [{ message }] },
  );
}
