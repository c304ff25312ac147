/**
 * The way of one request: held back by faults, authenticated, authorized, answered. Every
 * refusal on the way is a StatusError and becomes a Status body.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock';
import type { FaultController, FaultSubject } from '../faults';
import type { ObjectStore, ResourceDefinition } from '../store';
import { badRequest, notFound } from '../store/StatusError';
import { negotiate } from './accept';
import type { AccessControl } from './AccessControl';
import { deleteCollection, deleteObject } from './deleteObjects';
import { discoveryDocument } from './discovery';
import { faultError, methodNotAllowed } from './refusals';
import { parseWatchOptions } from './listOptions';
import { openApiDocument } from './openApi';
import type { OpenWatches } from './OpenWatches';
import { readList, readObject } from './readObjects';
import { readBody } from './requestBody';
import { parseRequest } from './RequestInfo';
import type { PathRequest, RequestInfo, ResourceRequest } from './RequestInfo';
import {
  sendError,
  sendJson,
  sendPageNotFound,
  sendSuccess,
  sendText,
} from './responses';
import { findServedResource } from './ServedResource';
import type { ServedResource } from './ServedResource';
import { WatchStream } from './WatchStream';
import { createObject, patchObject, replaceObject } from './writeObjects';
import type { WriteContext } from './writeObjects';

export interface RequestHandlerOptions {
  store: ObjectStore;
  clock: Clock;
  faults: FaultController;
  access: AccessControl;
  watches: OpenWatches;
  onRequest?: (request: RequestInfo) => void;
}

const HEALTH_PATHS = ['/healthz', '/livez', '/readyz'];

export class RequestHandler {
  readonly access: AccessControl;
  readonly faults: FaultController;
  readonly #store: ObjectStore;
  readonly #clock: Clock;
  readonly #onRequest: RequestHandlerOptions['onRequest'];
  readonly #watches: OpenWatches;

  constructor(options: RequestHandlerOptions) {
    this.access = options.access;
    this.faults = options.faults;
    this.#store = options.store;
    this.#clock = options.clock;
    this.#onRequest = options.onRequest;
    this.#watches = options.watches;
  }

  /** Answers; never throws. */
  handle(request: IncomingMessage, response: ServerResponse): void {
    this.#answer(request, response).catch(error => sendError(response, error));
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const info = parseRequest(request.method ?? 'GET', request.url ?? '/');
    this.#onRequest?.(info);
    const subject = info.type === 'resource' ? info : undefined;
    await this.#holdBack(subject, response);

    const requester = this.access.authenticate(request.headers.authorization);
    const fault = this.faults.takeResponse(subject);
    if (fault) throw faultError(fault, info, requester);
    this.access.authorize(requester, info);
    if (info.type === 'path') this.#answerPath(info, response);
    else await this.#answerResource(info, request, response);
  }

  async #holdBack(
    subject: FaultSubject | undefined,
    response: ServerResponse,
  ): Promise<void> {
    while (this.faults.isStalled(subject)) {
      await new Promise<void>(resolve => {
        const stopListening = this.faults.onChange(() => {
          stopListening();
          resolve();
        });
      });
    }
    const delayMs = this.faults.takeDelayMs(subject);
    if (delayMs === 0) return;
    await new Promise<void>(resolve => {
      const cancel = this.#clock.schedule(delayMs, resolve);
      response.once('close', () => {
        cancel();
        resolve();
      });
    });
  }

  #answerPath(info: PathRequest, response: ServerResponse): void {
    const { path } = info;
    if (HEALTH_PATHS.includes(path)) {
      sendText(response, 200, 'ok');
      return;
    }
    const definitions = this.#servedDefinitions();
    const document =
      discoveryDocument(path, definitions) ??
      openApiDocument(path, definitions);
    if (document) sendJson(response, 200, JSON.stringify(document));
    else sendPageNotFound(response);
  }

  async #answerResource(
    info: ResourceRequest,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const resource = this.#resourceOf(info);
    if (!resource) {
      sendPageNotFound(response);
      return;
    }
    checkTarget(resource.definition, info);
    if (info.verb === 'get' || info.verb === 'list') {
      this.#read(resource, info, request, response);
    } else if (info.verb === 'watch') {
      this.#watch(resource, info, request, response);
    } else {
      const body = await readBody(request);
      this.#write(
        { store: this.#store, resource, request: info, body },
        response,
      );
    }
  }

  #read(
    resource: ServedResource,
    info: ResourceRequest,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    const context = {
      store: this.#store,
      resource,
      request: info,
      form: negotiate(request.headers.accept, info.query),
      now: () => this.#clock.now(),
    };
    const json =
      info.name === undefined
        ? readList(context)
        : readObject(context, info.name);
    sendJson(response, 200, json);
  }

  #watch(
    resource: ServedResource,
    info: ResourceRequest,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    const watch = WatchStream.open({
      store: this.#store,
      clock: this.#clock,
      faults: this.faults,
      resource,
      options: parseWatchOptions(resource.definition, info),
      form: negotiate(request.headers.accept, info.query),
      subject: info,
      response,
    });
    this.#watches.add(watch);
  }

  #write(context: WriteContext, response: ServerResponse): void {
    const { verb, name, query } = context.request;
    if (query.get('dryRun')) {
      throw badRequest('dryRun is not supported by the simulator');
    }
    if (verb === 'create') {
      const { code, json } = createObject(context);
      sendJson(response, code, json);
    } else if (verb === 'deletecollection') {
      sendJson(response, 200, deleteCollection(context));
    } else if (name === undefined) {
      throw badRequest('name must be provided');
    } else if (verb === 'delete') {
      const answer = deleteObject(context, name);
      if ('details' in answer) sendSuccess(response, answer.details);
      else sendJson(response, 200, answer.json);
    } else {
      const { code, json } =
        verb === 'patch'
          ? patchObject(context, name)
          : replaceObject(context, name);
      sendJson(response, code, json);
    }
  }

  #servedDefinitions(): ResourceDefinition[] {
    return this.#store.resources.filter(
      ({ plural }) => !this.faults.isAbsent(plural),
    );
  }

  /** Undefined where kube-apiserver has no handler at all. */
  #resourceOf(info: ResourceRequest): ServedResource | undefined {
    const { group, version, plural, namespace, subresource, verb } = info;
    const resource = findServedResource(
      this.#servedDefinitions(),
      group,
      version,
      plural,
    );
    if (!resource) return undefined;
    const { namespaced } = resource.definition;
    const isNamespaces = plural === 'namespaces';
    const isMisplaced = namespaced
      ? namespace === undefined && verb !== 'list' && verb !== 'watch'
      : namespace !== undefined && !isNamespaces;
    const isServed =
      subresource === undefined || subresource === 'status' || group !== '';
    return isMisplaced || !isServed ? undefined : resource;
  }
}

/** @throws StatusError 404 for a subresource that there is not, 405 for what it cannot do */
function checkTarget(
  definition: ResourceDefinition,
  { verb, name, subresource }: ResourceRequest,
): void {
  if (!subresource) return;
  if (verb === 'create' || verb === 'delete') throw methodNotAllowed();
  const isServed = subresource === 'status' && definition.statusSubresource;
  if (!isServed) throw notFound(definition, name ?? '');
}
