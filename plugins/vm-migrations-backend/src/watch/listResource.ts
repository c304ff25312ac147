import type { ClusterConnection } from '../clusters';
import { toListPage, type ListPage } from './objects';
import type { ResourceType } from './types';
import { PageTooLargeError, ProtocolError } from './watchErrors';

/**
 * etcd takes objects of up to 1.5 MiB, so a page of 500 could have 750 MiB; KubeVirt's
 * have some ten KiB. Beyond this, smaller pages are better than a process out of memory.
 */
const MAX_PAGE_BYTES = 64 * 1024 * 1024;

/** The path of all objects of a resource, in all namespaces. */
export function resourcePath({ group, version, plural }: ResourceType) {
  return group === ''
    ? ['api', version, plural]
    : ['apis', group, version, plural];
}

export interface ListPageOptions {
  connection: Pick<ClusterConnection, 'request'>;
  resource: ResourceType;
  limit: number;
  /** From the page before. */
  continue?: string;
  signal: AbortSignal;
  /** Called whenever something arrives. */
  onProgress(): void;
}

/**
 * Gets one page of a list, all of which show the state of one moment.
 *
 * @throws KubernetesError with status 410 when the moment is too long ago
 * @throws PageTooLargeError when fewer objects should be asked for
 * @throws what `ClusterConnection.request` throws
 */
export async function listResource(
  options: ListPageOptions,
): Promise<ListPage> {
  const { connection, resource, limit, signal, onProgress } = options;
  const { body } = await connection.request(resourcePath(resource), {
    query: {
      limit: String(limit),
      ...(options.continue !== undefined && { continue: options.continue }),
    },
    signal,
  });
  onProgress();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    onProgress();
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_PAGE_BYTES) {
      throw new PageTooLargeError(
        `${limit} objects have more than ${MAX_PAGE_BYTES} bytes`,
      );
    }
  }
  let value: unknown;
  try {
    value = JSON.parse(Buffer.concat(chunks, bytes).toString());
  } catch {
    throw new ProtocolError('The answer to a list is no JSON');
  }
  return toListPage(value);
}
