import {
  ContractReflector,
  type ContractReflectorOptions,
} from './ContractReflector';
import type { WatchServer } from './WatchServer';

/** A real server that is stopped and started takes some seconds. */
const TIMEOUT_MS = 60_000;

/** What jest gives to test files; the suite is none, but is run by several. */
interface Jest {
  afterAll: jest.Lifecycle;
  afterEach: jest.Lifecycle;
  beforeAll: jest.Lifecycle;
  expect: jest.Expect;
  it: jest.It;
}

/**
 * What the watch layer relies on, and does, with any API server. It runs against the
 * simulator and against a real kube-apiserver, so that the one cannot drift from the other.
 */
export function watchContract(
  { afterAll, afterEach, beforeAll, expect, it }: Jest,
  start: () => Promise<WatchServer>,
): void {
  let server: WatchServer;
  const reflectors: ContractReflector[] = [];

  function follow(options?: ContractReflectorOptions): ContractReflector {
    const reflector = new ContractReflector(server, options);
    reflectors.push(reflector);
    return reflector;
  }

  beforeAll(async () => {
    server = await start();
  }, TIMEOUT_MS);

  afterAll(async () => {
    await server.close();
  }, TIMEOUT_MS);

  afterEach(async () => {
    for (const reflector of reflectors.splice(0)) {
      await reflector.stop();
    }
    await server.reset();
  }, TIMEOUT_MS);

  it(
    'lists what is there, page by page',
    async () => {
      for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
        await server.create(name, '1');
      }
      const { sink } = follow({ pageSize: 2 });
      await sink.watching();

      expect(sink.content).toBe('a=1 b=1 c=1 d=1 e=1 f=1');
      expect(sink.pages).toBe(4);
      expect(sink.lists).toBe(1);
    },
    TIMEOUT_MS,
  );

  it(
    'hears what is created, modified and deleted',
    async () => {
      const { sink } = follow();
      await sink.watching();
      await server.create('a', '1');
      await server.modify('a', '2');
      await server.remove('a');
      await server.create('b', '1');
      await sink.until(({ content }) => content === 'b=1');

      expect(sink.events).toEqual([
        'ADDED a',
        'MODIFIED a',
        'DELETED a',
        'ADDED b',
      ]);
    },
    TIMEOUT_MS,
  );

  it(
    'gets a bookmark before a watch ends, and goes on in order',
    async () => {
      const reflector = follow({ watchSeconds: 5 });
      const { sink } = reflector;
      await sink.watching();
      // A server sends none when it has nothing newer than where the watch began.
      await server.create('a', '1');
      await sink.until(({ bookmarks }) => bookmarks === 1);
      await sink.until(() => reflector.watches === 2);
      await server.create('b', '1');
      await sink.until(({ content }) => content === 'a=1 b=1');

      expect(sink.events).toEqual(['ADDED a', 'ADDED b']);
      expect(sink.lists).toBe(1);
      expect(sink.healths.map(({ phase }) => phase)).not.toContain(
        'backing-off',
      );
    },
    TIMEOUT_MS,
  );

  it(
    'goes on from a stored position without a list',
    async () => {
      await server.create('a', '1');
      const first = follow();
      await first.sink.watching();
      await first.stop();
      await server.modify('a', '2');
      await server.create('b', '1');

      const { sink } = follow({ resumeFrom: first.sink.position });
      await sink.until(({ content }) => content === 'a=2 b=1');
      expect(sink.events).toEqual(['MODIFIED a', 'ADDED b']);
      expect(sink.lists).toBe(0);
    },
    TIMEOUT_MS,
  );

  it(
    'lists again when its position is forgotten, and notices what vanished',
    async () => {
      await server.create('a', '1');
      await server.create('b', '1');
      const first = follow();
      await first.sink.watching();
      await first.stop();
      await server.remove('a');
      await server.create('c', '1');
      await server.forgetHistory();

      const { sink } = follow({
        resumeFrom: first.sink.position,
        sink: first.sink,
      });
      await sink.until(({ lists }) => lists === 2);
      expect(sink.content).toBe('b=1 c=1');
    },
    TIMEOUT_MS,
  );

  it(
    'begins a list again when the server forgets it between pages',
    async () => {
      await server.create('a', '1');
      await server.create('b', '1');
      const reflector = follow();
      const { sink } = reflector;
      sink.beforePage = async () => {
        sink.beforePage = async () => {};
        await server.create('c', '1');
        await server.forgetHistory();
      };
      await sink.watching();

      expect(sink.content).toBe('a=1 b=1 c=1');
      expect(sink.lists).toBe(1);
      expect(sink.pages).toBeGreaterThanOrEqual(3);
    },
    TIMEOUT_MS,
  );

  it(
    'fetches new credentials when the old ones are refused',
    async () => {
      const { sink, connect } = follow();
      await sink.watching();
      await server.renewCredentials();
      await server.create('a', '1');
      await sink.until(({ content }) => content === 'a=1');

      expect(connect).toHaveBeenCalledTimes(2);
      expect(sink.healths.map(({ problem }) => problem)).not.toContain(
        'unauthorized',
      );
    },
    TIMEOUT_MS,
  );

  it(
    'waits until it is allowed to',
    async () => {
      await server.create('a', '1');
      await server.deny();
      const { sink } = follow();
      await sink.hasProblem('forbidden');
      expect(sink.healths.at(-1)?.lastError).toMatch(
        /^The credentials do not allow to list and watch virtualmachines\.kubevirt\.io: .*cannot list resource/,
      );

      await server.grant();
      await sink.watching();
      expect(sink.content).toBe('a=1');
      expect(sink.healths.at(-1)?.problem).toBeUndefined();
    },
    TIMEOUT_MS,
  );

  it(
    'waits until the resource is installed, and notices when it is removed',
    async () => {
      await server.create('a', '1');
      const { sink } = follow({ watchSeconds: 2 });
      await sink.watching();
      await server.uninstall();
      await sink.hasProblem('absent');

      await server.install();
      await server.create('b', '1');
      await sink.until(({ content }) => content === 'b=1');
      expect(sink.healths.at(-1)?.problem).toBeUndefined();
    },
    TIMEOUT_MS,
  );

  it(
    'comes back when the server does',
    async () => {
      await server.create('a', '1');
      const { sink } = follow();
      await sink.watching();
      await server.crash();
      await sink.hasProblem('unreachable');

      await server.restart();
      await server.create('b', '1');
      await sink.until(({ content }) => content === 'a=1 b=1');
      expect(sink.healths.at(-1)?.problem).toBeUndefined();
    },
    TIMEOUT_MS,
  );

  it(
    'gives up a connection that has gone silent',
    async () => {
      const { sink, clock } = follow();
      await sink.watching();
      await server.freeze();
      clock.advance(15 * 60_000);
      await sink.hasProblem('unreachable');

      await server.thaw();
      await server.create('a', '1');
      await sink.until(({ content }) => content === 'a=1');
      expect(sink.lists).toBe(1);
    },
    TIMEOUT_MS,
  );
}
