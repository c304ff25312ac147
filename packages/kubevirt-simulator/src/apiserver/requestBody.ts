import type { IncomingMessage } from 'node:http';
import { parse as parseYaml } from 'yaml';
import { badRequest, StatusError } from '../store/StatusError';
import { parseProtobufNamespace } from './protobufNamespace';

/** kube-apiserver's limit of a request body. */
const MAX_BODY_BYTES = 3 * 1024 * 1024;

export interface RequestBody {
  bytes: Buffer;
  contentType: string | undefined;
}

/** @throws StatusError 413 when the body is larger than kube-apiserver would take */
export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk);
    length += buffer.length;
    if (length > MAX_BODY_BYTES) {
      throw new StatusError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${MAX_BODY_BYTES}`,
      );
    }
    chunks.push(buffer);
  }
  return {
    bytes: Buffer.concat(chunks),
    contentType: request.headers['content-type'],
  };
}

/**
 * Reads a body by its content type, JSON when that says nothing else.
 *
 * @param what - what the body is, for the message
 * @throws StatusError 400 when it cannot be read, 415 for a form that is not known here
 */
export function parseBody(body: RequestBody, what: string): unknown {
  const { bytes, contentType = '' } = body;
  if (contentType.startsWith('application/vnd.kubernetes.protobuf')) {
    return parseProtobufNamespace(bytes);
  }
  const text = bytes.toString('utf8');
  try {
    return contentType.includes('yaml') ? parseYaml(text) : JSON.parse(text);
  } catch (error) {
    throw badRequest(
      `error decoding ${what}: ${
        error instanceof Error ? error.message : String(error)
      }`,
    );
  }
}
