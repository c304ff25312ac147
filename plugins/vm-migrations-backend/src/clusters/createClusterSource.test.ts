import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import type { ClusterAccess, ClusterCredentials } from '../config';
import { createClusterSource } from './createClusterSource';

const KEY = 'vmMigrations.clusters[0]';
const PEM = Buffer.from('-----BEGIN CERTIFICATE-----').toString('base64');

function byUrl(
  credentials: ClusterCredentials,
  tls: { caData?: string; caFile?: string } = {},
): ClusterAccess {
  return {
    type: 'url',
    url: 'https://kista:6443',
    credentials,
    skipTLSVerify: false,
    ...tls,
  };
}

function create(access: ClusterAccess) {
  return createClusterSource({
    name: 'kista',
    title: 'Kista',
    access,
    key: KEY,
  });
}

async function authorization(kubeConfig: KubeConfig) {
  const options = { headers: {} };
  await kubeConfig.applyToHTTPSOptions(options);
  return options.headers;
}

describe('createClusterSource', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'cluster-source-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function file(name: string, content: string): Promise<string> {
    const target = path.join(folder, name);
    await writeFile(target, content);
    return target;
  }

  it('connects with a token and a certificate authority', async () => {
    const source = await create(
      byUrl({ type: 'token', token: 'secret' }, { caData: PEM }),
    );

    expect(source).toMatchObject({ name: 'kista', title: 'Kista' });
    const kubeConfig = await source.connect();
    expect(kubeConfig.getCurrentCluster()).toMatchObject({
      server: 'https://kista:6443',
      caData: PEM,
      skipTLSVerify: false,
    });
    expect(await authorization(kubeConfig)).toEqual({
      Authorization: 'Bearer secret',
    });
  });

  it('reads the token file anew at each connect', async () => {
    const tokenFile = await file('token', 'first');
    const source = await create(byUrl({ type: 'token-file', tokenFile }));
    expect(await authorization(await source.connect())).toEqual({
      Authorization: 'Bearer first',
    });

    await writeFile(tokenFile, 'second');

    expect(await authorization(await source.connect())).toEqual({
      Authorization: 'Bearer second',
    });
  });

  it('reads the kubeconfig anew at each connect', async () => {
    const content = (token: string) =>
      JSON.stringify({
        clusters: [{ name: 'c', cluster: { server: 'https://kista:6443' } }],
        users: [{ name: 'u', user: { token } }],
        contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      });
    const kubeconfig = await file('config', content('first'));
    const source = await create({ type: 'kubeconfig', kubeconfig });

    await writeFile(kubeconfig, content('second'));

    expect(await authorization(await source.connect())).toEqual({
      Authorization: 'Bearer second',
    });
  });

  it('connects with a client certificate', async () => {
    const certFile = await file('tls.crt', 'certificate');
    const source = await create(
      byUrl({ type: 'client-certificate', certFile, keyData: PEM }),
    );

    expect((await source.connect()).getCurrentUser()).toMatchObject({
      certFile,
      keyData: PEM,
    });
  });

  it('needs no credentials for a local proxy', async () => {
    const source = await create(byUrl({ type: 'none' }));

    expect(await authorization(await source.connect())).toEqual({});
  });

  it.each<[string, ClusterAccess, string]>([
    [
      'a token file that does not exist',
      byUrl({ type: 'token-file', tokenFile: '/no/such/file' }),
      `${KEY}.tokenFile names the file '/no/such/file', which cannot be read: it does not exist`,
    ],
    [
      'a CA file that does not exist',
      byUrl({ type: 'none' }, { caFile: '/no/such/file' }),
      `${KEY}.caFile names the file '/no/such/file'`,
    ],
    [
      'CA data that is not base64 of PEM',
      byUrl({ type: 'none' }, { caData: '-----BEGIN CERTIFICATE-----' }),
      `${KEY}.caData must be PEM, encoded as base64`,
    ],
    [
      'a key file that does not exist',
      byUrl({
        type: 'client-certificate',
        certData: PEM,
        keyFile: '/no/such/file',
      }),
      `${KEY}.clientCertificate.keyFile names the file '/no/such/file'`,
    ],
    [
      'key data that is not base64 of PEM',
      byUrl({ type: 'client-certificate', certData: PEM, keyData: 'secret' }),
      `${KEY}.clientCertificate.keyData must be PEM, encoded as base64`,
    ],
    [
      'a kubeconfig that does not exist',
      { type: 'kubeconfig', kubeconfig: '/no/such/file' },
      `${KEY}.kubeconfig '/no/such/file' cannot be read: it does not exist`,
    ],
    [
      'the pod it does not run in',
      { type: 'in-cluster' },
      `${KEY}.inCluster is set, but this backend runs in no pod`,
    ],
  ])('refuses %s at the start', async (_, access, message) => {
    const error = await create(access).catch(e => e);

    expect(error).toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(message),
    });
    expect(error.message).not.toContain('secret');
  });

  it('does not contact the cluster', async () => {
    await expect(
      createClusterSource({
        name: 'down',
        key: KEY,
        access: byUrl({ type: 'token', token: 'secret' }),
      }),
    ).resolves.toMatchObject({ name: 'down' });
  });
});
