import { readFileSync } from 'node:fs';
import path from 'node:path';
import { KubeConfig, type Cluster, type User } from '@kubernetes/client-node';
import { mockServices } from '@backstage/backend-test-utils';
import { ClusterConnection, type ClusterResponse } from './ClusterConnection';
import { sendJson, TestServer } from './__testUtils__/TestServer';

function pem(name: string): Buffer {
  return readFileSync(path.join(__dirname, '__fixtures__', 'tls', name));
}

function base64(name: string): string {
  return pem(name).toString('base64');
}

function kubeConfigFor(
  server: string,
  user: Partial<User> = { token: 'first-token' },
  cluster: Partial<Cluster> = {},
): KubeConfig {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser(
    { name: 'test', server, skipTLSVerify: false, ...cluster },
    { name: 'test', ...user },
  );
  return kubeConfig;
}

async function text({ body }: ClusterResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

describe('ClusterConnection', () => {
  const logger = mockServices.logger.mock();
  const open: { close(): Promise<void> }[] = [];

  async function serve(...args: Parameters<typeof TestServer.start>) {
    const server = await TestServer.start(...args);
    open.push(server);
    return server;
  }

  function connectTo(connect: () => Promise<KubeConfig>): ClusterConnection {
    const connection = ClusterConnection.create({
      source: { name: 'test', connect },
      logger,
    });
    open.push(connection);
    return connection;
  }

  afterEach(async () => {
    for (const closable of open.splice(0).reverse()) {
      await closable.close();
    }
    jest.clearAllMocks();
  });

  it('sends token, query and encoded path below the address of the server', async () => {
    const server = await serve((_, response) =>
      sendJson(response, 200, { kind: 'List' }),
    );
    const connection = connectTo(async () =>
      kubeConfigFor(`${server.url}/k8s/clusters/c-1`),
    );

    const response = await connection.request(['apis', 'a/b', 'v1', 'ö'], {
      query: { limit: '500', continue: 'a=b&c' },
    });

    expect(response.status).toBe(200);
    expect(JSON.parse(await text(response))).toEqual({ kind: 'List' });
    expect(server.requests).toEqual([
      {
        path: '/k8s/clusters/c-1/apis/a%2Fb/v1/%C3%B6',
        query: { limit: '500', continue: 'a=b&c' },
        headers: expect.objectContaining({
          authorization: 'Bearer first-token',
          accept: 'application/json',
        }),
        peer: undefined,
      },
    ]);
  });

  it('keeps its connection', async () => {
    const server = await serve((_, response) => sendJson(response, 200, {}));
    const connection = connectTo(async () => kubeConfigFor(server.url));

    for (let round = 0; round < 5; round += 1) {
      await text(await connection.request(['version']));
    }

    expect(server.requests).toHaveLength(5);
    // Two, because a request may begin before the one before it is quite over.
    expect(server.connections).toBeLessThanOrEqual(2);
  });

  it('sends user name and password, and whom to act as', async () => {
    const server = await serve((_, response) => sendJson(response, 200, {}));
    const connection = connectTo(async () =>
      kubeConfigFor(server.url, {
        username: 'me',
        password: 'secret',
        impersonateUser: 'watcher',
      }),
    );

    await text(await connection.request(['version']));

    expect(server.requests[0].headers).toMatchObject({
      authorization: `Basic ${Buffer.from('me:secret').toString('base64')}`,
      'impersonate-user': 'watcher',
    });
  });

  describe('with TLS', () => {
    const tls = {
      key: pem('server.key'),
      cert: pem('server.crt'),
      ca: pem('ca.crt'),
      requestCert: true,
      rejectUnauthorized: false,
    };

    async function serveTls() {
      const peers: string[] = [];
      const server = await serve(({ peer = '' }, response) => {
        peers.push(peer);
        sendJson(response, 200, {});
      }, tls);
      return { server, peers };
    }

    it('trusts the configured certificate authority and shows its own certificate', async () => {
      const { server, peers } = await serveTls();
      const connection = connectTo(async () =>
        kubeConfigFor(
          server.url,
          { certData: base64('client.crt'), keyData: base64('client.key') },
          { caData: base64('ca.crt') },
        ),
      );

      await text(await connection.request(['version']));

      expect(peers).toEqual(['test-client']);
      expect(logger.warn).not.toHaveBeenCalled();
    });

    it('trusts the certificate authority of a context without a user', async () => {
      const { server } = await serveTls();
      const connection = connectTo(async () => {
        const kubeConfig = kubeConfigFor(
          server.url,
          {},
          { caData: base64('ca.crt') },
        );
        kubeConfig.users = [];
        return kubeConfig;
      });

      await expect(connection.request(['version'])).resolves.toMatchObject({
        status: 200,
      });
    });

    it('refuses an unknown certificate and says what to check', async () => {
      const { server } = await serveTls();
      const connection = connectTo(async () => kubeConfigFor(server.url));

      await expect(connection.request(['version'])).rejects.toThrow(
        /The certificate of 127\.0\.0\.1:\d+ is not trusted \(\w+\): check its certificate authority/,
      );
      expect(server.requests).toEqual([]);
    });

    it('accepts any certificate when told so, and warns once', async () => {
      const { server } = await serveTls();
      const connection = connectTo(async () =>
        kubeConfigFor(server.url, {}, { skipTLSVerify: true }),
      );

      await text(await connection.request(['version']));
      await text(await connection.request(['version']));

      expect(logger.warn.mock.calls).toEqual([
        [expect.stringContaining("'test' is not verified")],
      ]);
    });

    it('shows a renewed certificate on new connections', async () => {
      const { server, peers } = await serveTls();
      const kubeConfig = kubeConfigFor(
        server.url,
        { certData: base64('client.crt'), keyData: base64('client.key') },
        { caData: base64('ca.crt') },
      );
      const connection = connectTo(async () => kubeConfig);
      await text(await connection.request(['version']));

      kubeConfig.users = [
        {
          name: 'test',
          certData: base64('server.crt'),
          keyData: base64('server.key'),
        },
      ];
      await text(await connection.request(['version']));

      expect(peers).toEqual(['test-client', 'test-server']);
    });
  });

  it('goes through the proxy of the cluster', async () => {
    const proxy = await serve((_, response) =>
      sendJson(response, 200, { via: 'proxy' }),
    );
    const connection = connectTo(async () =>
      kubeConfigFor('http://api.invalid:6443', {}, { proxyUrl: proxy.url }),
    );

    const response = await connection.request(['version']);

    expect(JSON.parse(await text(response))).toEqual({ via: 'proxy' });
  });

  it('names the proxy protocols it knows', async () => {
    const connection = connectTo(async () =>
      kubeConfigFor('http://api.invalid', {}, { proxyUrl: 'ftp://x' }),
    );

    await expect(connection.request(['version'])).rejects.toThrow(
      'The proxy-url of api.invalid must begin with one of http://, https://, socks5://',
    );
  });

  describe('when credentials are refused', () => {
    function acceptOnly(token: () => string) {
      return serve((request, response) =>
        request.headers.authorization === `Bearer ${token()}`
          ? sendJson(response, 200, {})
          : sendJson(response, 401, {
              kind: 'Status',
              code: 401,
              reason: 'Unauthorized',
              message: 'Unauthorized',
            }),
      );
    }

    it('fetches them anew once and goes on with them', async () => {
      const tokens = ['old', 'new'];
      const server = await acceptOnly(() => 'new');
      const connect = jest.fn(async () =>
        kubeConfigFor(server.url, { token: tokens.shift() ?? 'new' }),
      );
      const connection = connectTo(connect);

      await text(await connection.request(['version']));
      await text(await connection.request(['version']));

      expect(connect).toHaveBeenCalledTimes(2);
      expect(server.requests).toHaveLength(3);
    });

    it('fetches them once for requests that are refused together', async () => {
      const tokens = ['old', 'new'];
      const server = await acceptOnly(() => 'new');
      const connect = jest.fn(async () =>
        kubeConfigFor(server.url, { token: tokens.shift() ?? 'late' }),
      );
      const connection = connectTo(connect);

      const responses = await Promise.all(
        ['a', 'b', 'c'].map(name => connection.request([name])),
      );

      expect(responses.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(connect).toHaveBeenCalledTimes(2);
    });

    it('gives up after the second refusal, and tries anew with the next request', async () => {
      let accepted = 'never';
      const server = await acceptOnly(() => accepted);
      const connect = jest.fn(async () =>
        kubeConfigFor(server.url, { token: 'mine' }),
      );
      const connection = connectTo(connect);

      await expect(connection.request(['version'])).rejects.toMatchObject({
        name: 'KubernetesError',
        status: 401,
        reason: 'Unauthorized',
      });
      expect(connect).toHaveBeenCalledTimes(2);

      accepted = 'mine';
      await expect(connection.request(['version'])).resolves.toMatchObject({
        status: 200,
      });
    });

    it('runs an exec plugin again, also when its token never expires', async () => {
      const server = await acceptOnly(() => 'token-2');
      let runs = 0;
      const connection = connectTo(async () => {
        runs += 1;
        const credential = {
          kind: 'ExecCredential',
          status: { token: `token-${runs}` },
        };
        return kubeConfigFor(server.url, {
          exec: {
            command: process.execPath,
            args: [
              '-e',
              `console.log(${JSON.stringify(JSON.stringify(credential))})`,
            ],
          },
        });
      });

      await expect(connection.request(['version'])).resolves.toMatchObject({
        status: 200,
      });
      expect(runs).toBe(2);
    });
  });

  describe('errors', () => {
    it('carry what the Status says', async () => {
      const server = await serve((_, response) =>
        sendJson(
          response,
          429,
          {
            kind: 'Status',
            code: 429,
            reason: 'TooManyRequests',
            message: 'too many requests, please try again later',
          },
          { 'retry-after': '7' },
        ),
      );
      const connection = connectTo(async () => kubeConfigFor(server.url));

      await expect(connection.request(['version'])).rejects.toMatchObject({
        name: 'KubernetesError',
        status: 429,
        reason: 'TooManyRequests',
        message: 'too many requests, please try again later',
        retryAfterMs: 7_000,
      });
    });

    it.each([
      ['404 page not found\n', '404 page not found'],
      ['<html><body>Gateway</body></html>', 'HTTP status 404'],
      ['', 'HTTP status 404'],
      [
        '{"kind":"Status","details":{"retryAfterSeconds":"x"}}',
        'HTTP status 404',
      ],
    ])('make sense of the body %j', async (body, message) => {
      const server = await serve((_, response) => {
        response.writeHead(404);
        response.end(body);
      });
      const connection = connectTo(async () => kubeConfigFor(server.url));

      await expect(connection.request(['version'])).rejects.toMatchObject({
        status: 404,
        message,
      });
    });

    it('do not take in a body without end', async () => {
      const server = await serve((_, response) => {
        response.writeHead(500);
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(10_000)));
          response.once('drain', more);
        };
        more();
      });
      const connection = connectTo(async () => kubeConfigFor(server.url));

      await expect(connection.request(['version'])).rejects.toMatchObject({
        status: 500,
        message: expect.stringMatching(/^x{1,500}$/),
      });
    });

    it('refuse redirects', async () => {
      const target = await serve((_, response) => sendJson(response, 200, {}));
      const server = await serve((_, response) => {
        response.writeHead(302, { location: target.url });
        response.end();
      });
      const connection = connectTo(async () => kubeConfigFor(server.url));

      await expect(connection.request(['version'])).rejects.toThrow(
        /redirects \(302\), and redirects are not followed/,
      );
      expect(target.requests).toEqual([]);
    });

    it('say that nothing listens', async () => {
      const server = await serve(() => {});
      const { url } = server;
      await server.close();
      const connection = connectTo(async () => kubeConfigFor(url));

      await expect(connection.request(['version'])).rejects.toMatchObject({
        name: 'ConnectionError',
        message: `${new URL(url).host} refuses connections`,
      });
    });

    it('say that the connection broke before the answer', async () => {
      const server = await serve((_, response) => response.socket?.destroy());
      const connection = connectTo(async () => kubeConfigFor(server.url));

      await expect(connection.request(['version'])).rejects.toMatchObject({
        name: 'ConnectionError',
        message: expect.stringContaining('closed the connection'),
      });
    });

    it('say that the connection broke within the answer', async () => {
      const server = await serve((_, response) => {
        response.write('{');
        setTimeout(() => response.socket?.destroy(), 20);
      });
      const connection = connectTo(async () => kubeConfigFor(server.url));

      const response = await connection.request(['version']);
      await expect(text(response)).rejects.toMatchObject({
        name: 'ConnectionError',
        message: expect.stringContaining('closed the connection'),
      });
    });

    it('say that no answer comes', async () => {
      const server = await serve(() => {});
      const connection = connectTo(async () => kubeConfigFor(server.url));

      await expect(
        connection.request(['version'], { timeoutMs: 100 }),
      ).rejects.toMatchObject({
        name: 'ConnectionError',
        message: expect.stringContaining('does not answer'),
      });
    });

    it('never contain a secret', async () => {
      const server = await serve((request, response) =>
        sendJson(response, 400, {
          kind: 'Status',
          message: `bad token ${request.headers.authorization}`,
        }),
      );
      const connection = connectTo(async () => kubeConfigFor(server.url));

      await expect(connection.request(['version'])).rejects.toThrow(
        'bad token Bearer [hidden]',
      );
    });

    it('of an exec plugin do not quote its output', async () => {
      const connection = connectTo(async () =>
        kubeConfigFor('http://127.0.0.1:1', {
          exec: {
            command: process.execPath,
            args: ['-e', 'console.log("my-secret-token")'],
          },
        }),
      );

      const error = await connection.request(['version']).catch(e => e);
      expect(error).toMatchObject({
        name: 'CredentialsError',
        message:
          'No credentials for the cluster: they are not in the expected form',
      });
      expect(
        JSON.stringify(error, Object.getOwnPropertyNames(error)),
      ).not.toContain('my-secret-token');
    });

    it('of an exec plugin say what the plugin said', async () => {
      const connection = connectTo(async () =>
        kubeConfigFor('http://127.0.0.1:1', {
          exec: {
            command: process.execPath,
            args: ['-e', 'console.error("log in first"); process.exit(1)'],
          },
        }),
      );

      await expect(connection.request(['version'])).rejects.toThrow(
        'No credentials for the cluster: log in first',
      );
    });

    it('of the source are credentials errors, and the next request asks it again', async () => {
      const server = await serve((_, response) => sendJson(response, 200, {}));
      const connect = jest
        .fn(async () => kubeConfigFor(server.url))
        .mockRejectedValueOnce(new Error('the file is gone'));
      const connection = connectTo(connect);

      await expect(connection.request(['version'])).rejects.toMatchObject({
        name: 'CredentialsError',
        message: 'No credentials for the cluster: the file is gone',
      });
      await expect(connection.request(['version'])).resolves.toMatchObject({
        status: 200,
      });
    });
  });

  describe('stops', () => {
    it('while credentials are being fetched, and fetches them anew afterwards', async () => {
      const server = await serve((_, response) => sendJson(response, 200, {}));
      const connect = jest
        .fn(async () => kubeConfigFor(server.url))
        .mockReturnValueOnce(new Promise(() => {}));
      const connection = connectTo(connect);
      const controller = new AbortController();

      const request = connection.request(['version'], {
        signal: controller.signal,
      });
      controller.abort(new Error('stopped'));

      await expect(request).rejects.toThrow('stopped');
      await expect(connection.request(['version'])).resolves.toMatchObject({
        status: 200,
      });
    });

    it('while waiting for the answer', async () => {
      const controller = new AbortController();
      const server = await serve(() => controller.abort(new Error('stopped')));
      const connection = connectTo(async () => kubeConfigFor(server.url));

      await expect(
        connection.request(['version'], { signal: controller.signal }),
      ).rejects.toThrow('stopped');
    });

    it('within the body, and closes the socket', async () => {
      const server = await serve((_, response) => response.write('a line\n'));
      const connection = connectTo(async () => kubeConfigFor(server.url));
      const controller = new AbortController();

      const { body } = await connection.request(['version'], {
        signal: controller.signal,
      });
      const reading = (async () => {
        for await (const _ of body) {
          controller.abort(new Error('stopped'));
        }
      })();

      await expect(reading).rejects.toMatchObject({ name: 'ConnectionError' });
      await new Promise(resolve => setTimeout(resolve, 50));
      expect(server.openConnections).toBe(0);
    });
  });
});
