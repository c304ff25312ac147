import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { readKubeconfig } from './readKubeconfig';

const KEY = 'vmMigrations.clusters[2]';

function kubeconfig(changes: object = {}) {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'kista',
    clusters: [
      { name: 'kista', cluster: { server: 'https://kista:6443/' } },
      { name: 'solna', cluster: { server: 'https://solna:6443' } },
      { name: 'broken', cluster: {} },
    ],
    users: [
      { name: 'admin', user: { token: 'secret-token' } },
      { name: 'viewer', user: { token: 'other-token' } },
    ],
    contexts: [
      { name: 'kista', context: { cluster: 'kista', user: 'admin' } },
      { name: 'solna', context: { cluster: 'solna', user: 'viewer' } },
      { name: 'broken', context: { cluster: 'broken', user: 'viewer' } },
      { name: 'nobody', context: { cluster: 'kista' } },
      { name: 'stranger', context: { cluster: 'kista', user: 'stranger' } },
    ],
    ...changes,
  };
}

describe('readKubeconfig', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'kubeconfig-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function write(content: unknown): Promise<string> {
    const file = path.join(folder, 'config');
    await writeFile(
      file,
      typeof content === 'string' ? content : stringify(content),
    );
    return file;
  }

  async function read(content: unknown, context?: string) {
    return readKubeconfig({
      kubeconfig: await write(content),
      context,
      key: KEY,
    });
  }

  it('keeps the named context and nothing else', async () => {
    const config = await read(kubeconfig(), 'solna');

    expect(config.getCurrentContext()).toBe('solna');
    expect(config.getCurrentCluster()).toMatchObject({
      server: 'https://solna:6443',
    });
    expect(config.getCurrentUser()).toMatchObject({ token: 'other-token' });
    expect(config.getContexts()).toHaveLength(1);
    expect(config.getClusters()).toHaveLength(1);
    expect(config.getUsers()).toHaveLength(1);
  });

  it('takes the current context when none is named', async () => {
    const config = await read(kubeconfig());

    expect(config.getCurrentContext()).toBe('kista');
  });

  it('takes the only context when there is no current one', async () => {
    const config = await read(
      kubeconfig({
        'current-context': undefined,
        contexts: [{ name: 'one', context: { cluster: 'kista' } }],
      }),
    );

    expect(config.getCurrentContext()).toBe('one');
  });

  it('lets a context have no user', async () => {
    const config = await read(kubeconfig(), 'nobody');

    expect(config.getCurrentUser()).toEqual({ name: 'anonymous' });
  });

  it('finds files beside the kubeconfig', async () => {
    await writeFile(path.join(folder, 'ca.crt'), 'pem');
    await writeFile(path.join(folder, 'token'), 'from-file\n');
    const config = await read(
      kubeconfig({
        clusters: [
          {
            name: 'kista',
            cluster: {
              server: 'https://kista:6443',
              'certificate-authority': 'ca.crt',
            },
          },
        ],
        users: [
          { name: 'admin', user: { tokenFile: 'token', token: 'stale' } },
        ],
      }),
    );

    expect(config.getCurrentCluster()).toMatchObject({
      caFile: path.join(folder, 'ca.crt'),
    });
    const options = { headers: {} };
    await config.applyToHTTPSOptions(options);
    expect(options.headers).toEqual({ Authorization: 'Bearer from-file\n' });
  });

  it('runs an exec plugin as kubectl does', async () => {
    const script = path.join(folder, 'plugin.js');
    await writeFile(
      script,
      `#!${process.execPath}
       const { spec } = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
       console.log(JSON.stringify({ status: { token:
         [process.argv[2], process.env.SITE, spec.interactive, spec.cluster.server].join() } }));`,
      { mode: 0o700 },
    );
    const config = await read(
      kubeconfig({
        users: [
          {
            name: 'admin',
            user: {
              exec: {
                apiVersion: 'client.authentication.k8s.io/v1',
                command: './plugin.js',
                args: ['login'],
                env: [{ name: 'SITE', value: 'kista' }],
                provideClusterInfo: true,
              },
            },
          },
        ],
      }),
    );

    const options = { headers: {} };
    await config.applyToHTTPSOptions(options);
    expect(options.headers).toEqual({
      Authorization: 'Bearer login,kista,false,https://kista:6443',
    });
  });

  it('uses the id token of an OIDC provider', async () => {
    const part = (value: object) =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const idToken = `${part({ alg: 'none' })}.${part({ exp: 4e9 })}.sig`;
    const config = await read(
      kubeconfig({
        users: [
          {
            name: 'admin',
            user: {
              'auth-provider': {
                name: 'oidc',
                config: {
                  'id-token': idToken,
                  'client-id': 'backstage',
                  'idp-issuer-url': 'https://issuer.invalid',
                  'refresh-token': 'refresh',
                },
              },
            },
          },
        ],
      }),
    );

    const options = { headers: {} };
    await config.applyToHTTPSOptions(options);
    expect(options.headers).toEqual({ Authorization: `Bearer ${idToken}` });
  });

  describe('names the key and', () => {
    it.each<[string, unknown, string | undefined, string]>([
      [
        'the contexts there are, when the named one is missing',
        kubeconfig({ contexts: kubeconfig().contexts.slice(0, 2) }),
        'lulea',
        `${KEY}.context 'lulea' is not in the kubeconfig 'FILE'; its contexts are: kista, solna`,
      ],
      [
        'asks for a context when there are several and no current one',
        kubeconfig({ 'current-context': undefined }),
        undefined,
        `${KEY}.context is missing, and the kubeconfig 'FILE' has no current context; its contexts are: kista, solna, broken, nobody, stranger`,
      ],
      [
        'the current context when it does not exist',
        kubeconfig({ 'current-context': 'gone' }),
        undefined,
        `${KEY}.context is missing, and the current context 'gone' of the kubeconfig 'FILE' does not exist`,
      ],
      [
        'a cluster without a server',
        kubeconfig(),
        'broken',
        `${KEY}: context 'broken' of the kubeconfig 'FILE' names the cluster 'broken', which is not in the file or has no server`,
      ],
      [
        'a user that is missing',
        kubeconfig(),
        'stranger',
        `${KEY}: context 'stranger' of the kubeconfig 'FILE' names the user 'stranger', which is not in the file`,
      ],
      [
        'what is no YAML, without quoting it',
        'users:\n  - token: "secret-token\n',
        undefined,
        `${KEY}.kubeconfig names 'FILE', which is no YAML: MISSING_CHAR in line 3`,
      ],
      [
        'what is no kubeconfig',
        'just a text',
        undefined,
        `${KEY}.kubeconfig names 'FILE', which is no kubeconfig`,
      ],
      [
        'an empty file',
        '{}',
        undefined,
        `${KEY}.context is missing, and the kubeconfig 'FILE' has no current context; its contexts are: none`,
      ],
    ])('%s', async (_, content, context, message) => {
      const file = path.join(folder, 'config');

      const error = await read(content, context).catch(e => e);
      expect(error).toMatchObject({
        name: 'InputError',
        message: expect.stringContaining(message.replaceAll('FILE', file)),
      });
      expect(error.message).not.toContain('secret-token');
    });

    it('a file that does not exist', async () => {
      await expect(
        readKubeconfig({ kubeconfig: '/no/such/file', key: KEY }),
      ).rejects.toThrow(
        `${KEY}.kubeconfig '/no/such/file' cannot be read: it does not exist`,
      );
    });

    it('a file that the kubeconfig names and that does not exist', async () => {
      await expect(
        read(
          kubeconfig({
            users: [
              { name: 'admin', user: { 'client-certificate': 'gone.crt' } },
            ],
          }),
        ),
      ).rejects.toThrow(
        `${KEY}.kubeconfig names the file '${folder}/gone.crt', which cannot be read: it does not exist`,
      );
    });
  });
});
