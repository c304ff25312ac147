import { mockServices } from '@backstage/backend-test-utils';
import { KubeConfig } from '@kubernetes/client-node';
import { ClusterConnection } from '../../clusters';
import { ListSlots } from '../ListSlots';
import { Reflector, type ReflectorOptions } from '../Reflector';
import { ScriptedApi, type Exchange } from './ScriptedApi';
import { TestClock } from './TestClock';
import { TestSink } from './TestSink';

/** Longer than any pause between tries. */
const LONG_MS = 60_000;

/** A virtual machine with what the watch layer reads, and more if wanted. */
export function vm(
  name: string,
  resourceVersion: string | number,
  more: object = {},
) {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: {
      name,
      namespace: 'default',
      uid: `uid-of-${name}`,
      resourceVersion: String(resourceVersion),
    },
    ...more,
  };
}

/** One reflector between a scripted API server and a sink that writes everything down. */
export class ReflectorHarness {
  readonly clock = new TestClock();
  readonly sink = new TestSink();
  readonly logger = mockServices.logger.mock();
  readonly stop = new AbortController();
  readonly api: ScriptedApi;
  /** Gives `token-1`, then `token-2` and so on. */
  readonly connect: jest.Mock<Promise<KubeConfig>, []>;
  readonly #connection: ClusterConnection;
  #running: Promise<void> | undefined;

  private constructor(api: ScriptedApi) {
    this.api = api;
    const { url } = api.server;
    this.connect = jest.fn(async () => {
      const kubeConfig = new KubeConfig();
      kubeConfig.loadFromClusterAndUser(
        { name: 'test', server: url, skipTLSVerify: false },
        { name: 'test', token: `token-${this.connect.mock.calls.length}` },
      );
      return kubeConfig;
    });
    this.#connection = ClusterConnection.create({
      source: { name: 'test', connect: this.connect },
      logger: this.logger,
    });
  }

  static async create(): Promise<ReflectorHarness> {
    return new ReflectorHarness(await ScriptedApi.start());
  }

  start(options: Partial<ReflectorOptions> = {}): void {
    this.#running = new Reflector({
      connection: this.#connection,
      resource: {
        group: 'kubevirt.io',
        version: 'v1',
        plural: 'virtualmachines',
      },
      sink: this.sink,
      listSlots: new ListSlots(),
      clock: this.clock,
      // With full jitter, half of the ceiling.
      random: () => 0.5,
      logger: this.logger,
      ...options,
    }).run(this.stop.signal);
  }

  /** Resolves when the reflector has come to its end. */
  async ended(): Promise<void> {
    await this.#running;
  }

  /** Brings the reflector to an open watch from position 10, with `a` listed. */
  async startWatching(): Promise<Exchange> {
    this.start();
    (await this.api.next('list')).list({
      items: [vm('a', 5)],
      resourceVersion: '10',
    });
    const watch = (await this.api.next('watch from 10')).open();
    await this.sink.reports({ phase: 'watching' });
    return watch;
  }

  /** Waits for the pause after a failure and ends it. */
  async backOff(wanted: Parameters<TestSink['reports']>[0] = {}) {
    await this.sink.reports({ phase: 'backing-off', ...wanted });
    this.clock.advance(LONG_MS);
  }

  /** Stops the reflector and returns the phase it ends in. */
  async stopped(): Promise<string> {
    this.stop.abort();
    await this.#running;
    return this.sink.lastHealth.phase;
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.#running;
    await this.#connection.close();
    await this.api.server.close();
  }
}
