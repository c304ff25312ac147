import { mockServices } from '@backstage/backend-test-utils';
import type { KubeConfig } from '@kubernetes/client-node';
import { ClusterConnection, type ClusterRequest } from '../../clusters';
import { ListSlots } from '../ListSlots';
import { Reflector } from '../Reflector';
import { HastyClock } from './HastyClock';
import { MirrorSink } from './MirrorSink';
import type { WatchServer } from './WatchServer';

export interface ContractReflectorOptions {
  resumeFrom?: string;
  /** Replaces the usual 500 objects, for lists of several pages. */
  pageSize?: number;
  /** Replaces the usual minutes after which a watch ends. */
  watchSeconds?: number;
  sink?: MirrorSink;
}

/** A reflector that follows the virtual machines of a server of the watch contract. */
export class ContractReflector {
  readonly clock = new HastyClock();
  readonly sink: MirrorSink;
  readonly connect: jest.Mock<Promise<KubeConfig>, []>;
  /** How many watches were asked for. */
  watches = 0;
  readonly #connection: ClusterConnection;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;

  constructor(server: WatchServer, options: ContractReflectorOptions = {}) {
    const logger = mockServices.logger.mock();
    this.sink = options.sink ?? new MirrorSink();
    this.connect = jest.fn(() => server.connect());
    this.#connection = ClusterConnection.create({
      source: { name: 'test', connect: this.connect },
      logger,
    });
    this.#running = new Reflector({
      connection: {
        request: (segments, request = {}) =>
          this.#connection.request(segments, this.#adapt(request, options)),
      },
      resource: {
        group: 'kubevirt.io',
        version: 'v1',
        plural: 'virtualmachines',
      },
      sink: this.sink,
      resumeFrom: options.resumeFrom,
      listSlots: new ListSlots(),
      clock: this.clock,
      random: Math.random,
      logger,
    }).run(this.#stop.signal);
  }

  #adapt(
    request: ClusterRequest,
    { pageSize, watchSeconds }: ContractReflectorOptions,
  ): ClusterRequest {
    const query = { ...request.query };
    if (pageSize !== undefined && query.continue !== undefined) {
      query.limit = String(pageSize);
    }
    if (query.watch !== undefined) {
      this.watches += 1;
      query.timeoutSeconds = String(watchSeconds ?? query.timeoutSeconds);
    }
    return { ...request, query };
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await this.#connection.close();
  }
}
