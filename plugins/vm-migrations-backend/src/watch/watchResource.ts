import { KubernetesError, type ClusterConnection } from '../clusters';
import { resourcePath } from './listResource';
import { bookmarkedVersion, toRawEvent, toWatchedObject } from './objects';
import { readJsonLines } from './readJsonLines';
import type { ResourceType, WatchedObject, WatchEventType } from './types';

/**
 * Five times what etcd takes for one object (1.5 MiB): an event adds little to its object.
 * Whatever is longer is no event.
 */
const MAX_LINE_BYTES = 8 * 1024 * 1024;

export type WatchEvent =
  | { type: WatchEventType; object: WatchedObject }
  | { type: 'BOOKMARK'; resourceVersion: string };

export interface WatchResourceOptions {
  connection: Pick<ClusterConnection, 'request'>;
  resource: ResourceType;
  /** Events after this one. */
  resourceVersion: string;
  /** When the server shall end the watch. */
  timeoutSeconds: number;
  signal: AbortSignal;
  /** Called whenever something arrives. */
  onProgress(): void;
}

async function* withProgress(
  body: AsyncIterable<Uint8Array>,
  onProgress: () => void,
): AsyncGenerator<Uint8Array, void, void> {
  for await (const chunk of body) {
    onProgress();
    yield chunk;
  }
}

function isWatchEventType(type: string): type is WatchEventType {
  return type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED';
}

async function* readEvents(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<WatchEvent, void, void> {
  for await (const line of readJsonLines(body, MAX_LINE_BYTES)) {
    const { type, object } = toRawEvent(line);
    if (isWatchEventType(type)) {
      yield { type, object: toWatchedObject(object) };
    } else if (type === 'ERROR') {
      throw KubernetesError.fromEvent(object);
    } else if (type === 'BOOKMARK') {
      const resourceVersion = bookmarkedVersion(object);
      if (resourceVersion !== undefined) {
        yield { type, resourceVersion };
      }
    }
    // Kubernetes may add types; whoever does not know them loses nothing.
  }
}

/**
 * Opens a watch and resolves when the server has accepted it. Reading the events slowly
 * slows the server down; they end when the server ends the watch, and leaving the loop
 * closes the connection.
 *
 * @throws KubernetesError when the server refuses; the events throw it for an ERROR event
 * @throws ProtocolError, from the events, for what is no event
 * @throws what `ClusterConnection.request` throws; the events throw ConnectionError
 */
export async function watchResource(
  options: WatchResourceOptions,
): Promise<AsyncGenerator<WatchEvent, void, void>> {
  const { connection, resource, signal, onProgress } = options;
  const { body } = await connection.request(resourcePath(resource), {
    query: {
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: options.resourceVersion,
      timeoutSeconds: String(options.timeoutSeconds),
    },
    signal,
  });
  onProgress();
  return readEvents(withProgress(body, onProgress));
}
