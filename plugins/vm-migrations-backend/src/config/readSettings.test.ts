import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readSettings } from './readSettings';

function read(
  data: JsonObject,
  options: { insidePod?: boolean; logger?: { warn: jest.Mock } } = {},
) {
  const logger = mockServices.logger.mock(options.logger);
  return readSettings(new ConfigReader(data), {
    logger,
    insidePod: options.insidePod ?? false,
  });
}

function own(entry: JsonObject) {
  return () => read({ vmMigrations: { clusters: [entry] } });
}

const KISTA = { name: 'kista', url: 'https://kista.example.net:6443' };

function kubernetesWith(...clusters: JsonObject[]): JsonObject {
  return {
    serviceLocatorMethod: { type: 'multiTenant' },
    clusterLocatorMethods: [
      { type: 'gke', projectId: 'x' },
      { type: 'config', clusters },
    ],
  };
}

describe('readSettings', () => {
  it.each([
    ['an empty configuration', {}],
    ['a kubernetes section that is null', { kubernetes: null }],
    ['a vmMigrations section that is null', { vmMigrations: null }],
    [
      'a kubernetes section without locators',
      { kubernetes: { serviceLocatorMethod: { type: 'multiTenant' } } },
    ],
  ])('accepts %s', (_, data) => {
    expect(read(data)).toEqual({ clusters: [], datacenters: [] });
  });

  it('leaves keys of other modules alone', () => {
    expect(() =>
      read({ vmMigrations: { demo: { enabled: true } } }),
    ).not.toThrow();
  });

  describe('clusters of the kubernetes plugin', () => {
    it('are watched with their service account token', () => {
      const { clusters } = read({
        kubernetes: kubernetesWith({
          ...KISTA,
          title: 'Kista',
          authProvider: 'serviceAccount',
          serviceAccountToken: 'secret',
          caData: 'Y2E=',
          skipMetricsLookup: true,
        }),
      });

      expect(clusters).toEqual([
        {
          name: 'kista',
          title: 'Kista',
          key: 'kubernetes.clusterLocatorMethods[1].clusters[0]',
          access: {
            type: 'url',
            url: KISTA.url,
            credentials: { type: 'token', token: 'secret' },
            caData: 'Y2E=',
            caFile: undefined,
            skipTLSVerify: false,
          },
        },
      ]);
    });

    it('take auth provider and token from authMetadata as well', () => {
      const { clusters } = read({
        kubernetes: kubernetesWith({
          ...KISTA,
          authMetadata: {
            'kubernetes.io/auth-provider': 'serviceAccount',
            serviceAccountToken: 'secret',
          },
        }),
      });

      expect(clusters[0].access).toMatchObject({
        credentials: { type: 'token', token: 'secret' },
      });
    });

    it('use the service account of the pod when they have no token', () => {
      const { clusters } = read(
        {
          kubernetes: kubernetesWith({
            ...KISTA,
            authProvider: 'serviceAccount',
          }),
        },
        { insidePod: true },
      );

      expect(clusters[0].access).toMatchObject({
        credentials: { type: 'token-file' },
        caFile: expect.stringContaining('ca.crt'),
      });
    });

    it.each([
      ['authenticates the signed-in user', 'oidc', /auth provider 'oidc'/],
      ['has no token outside a pod', 'serviceAccount', /serviceAccountToken/],
    ])('are skipped with a warning when one %s', (_, authProvider, reason) => {
      const warn = jest.fn();
      const { clusters } = read(
        { kubernetes: kubernetesWith({ ...KISTA, authProvider }) },
        { logger: { warn } },
      );

      expect(clusters).toEqual([]);
      expect(warn).toHaveBeenCalledTimes(1);
      expect(warn.mock.calls[0][0]).toMatch(reason);
      expect(warn.mock.calls[0][0]).toContain(
        "'kista' (kubernetes.clusterLocatorMethods[1].clusters[0])",
      );
    });

    it('are skipped with a warning when a name has a slash', () => {
      const warn = jest.fn();
      const { clusters } = read(
        {
          kubernetes: kubernetesWith({
            ...KISTA,
            name: 'sites/kista',
            authProvider: 'serviceAccount',
            serviceAccountToken: 'secret',
          }),
        },
        { logger: { warn } },
      );

      expect(clusters).toEqual([]);
      expect(warn.mock.calls).toEqual([
        [expect.stringContaining("its name contains '/'")],
      ]);
    });

    it('are not watched when vmMigrations.clusters lists others', () => {
      const { clusters } = read({
        kubernetes: kubernetesWith({
          ...KISTA,
          authProvider: 'serviceAccount',
          serviceAccountToken: 'secret',
        }),
        vmMigrations: { clusters: [{ name: 'here', inCluster: true }] },
      });

      expect(clusters.map(cluster => cluster.name)).toEqual(['here']);
    });

    it('are watched when vmMigrations.clusters names them', () => {
      const { clusters } = read({
        kubernetes: kubernetesWith({
          ...KISTA,
          authProvider: 'serviceAccount',
          serviceAccountToken: 'secret',
        }),
        vmMigrations: { clusters: [{ name: 'kista', title: 'Kista 1' }] },
      });

      expect(clusters).toEqual([
        expect.objectContaining({
          name: 'kista',
          title: 'Kista 1',
          access: expect.objectContaining({ type: 'url', url: KISTA.url }),
        }),
      ]);
    });

    it('need a url', () => {
      expect(() =>
        read({
          kubernetes: kubernetesWith({
            name: 'kista',
            authProvider: 'serviceAccount',
          }),
        }),
      ).toThrow(
        'kubernetes.clusterLocatorMethods[1].clusters[0].url is missing',
      );
    });

    it('must have different names', () => {
      const cluster = {
        ...KISTA,
        authProvider: 'serviceAccount',
        serviceAccountToken: 'secret',
      };
      expect(() =>
        read({ kubernetes: kubernetesWith(cluster, cluster) }),
      ).toThrow(
        "kubernetes.clusterLocatorMethods[1].clusters[1].name 'kista' is already taken by kubernetes.clusterLocatorMethods[1].clusters[0].name",
      );
    });
  });

  describe('own clusters', () => {
    it.each<[string, JsonObject, object]>([
      [
        'a token',
        { ...KISTA, serviceAccountToken: 'secret', skipTLSVerify: 'true' },
        {
          type: 'url',
          credentials: { type: 'token', token: 'secret' },
          skipTLSVerify: true,
        },
      ],
      [
        'a token file',
        { ...KISTA, tokenFile: '/token', caFile: '/ca.crt' },
        {
          type: 'url',
          credentials: { type: 'token-file', tokenFile: '/token' },
          caFile: '/ca.crt',
        },
      ],
      [
        'a client certificate',
        {
          ...KISTA,
          clientCertificate: { certFile: '/tls.crt', keyData: 'a2V5' },
        },
        {
          type: 'url',
          credentials: {
            type: 'client-certificate',
            certFile: '/tls.crt',
            keyData: 'a2V5',
          },
        },
      ],
      [
        'a kubeconfig',
        { name: 'kista', kubeconfig: '/config', context: 'admin' },
        { type: 'kubeconfig', kubeconfig: '/config', context: 'admin' },
      ],
      [
        'the service account of the pod',
        { name: 'kista', inCluster: true },
        { type: 'in-cluster' },
      ],
    ])('are reached by %s', (_, entry, access) => {
      const [cluster] = own(entry)().clusters;

      expect(cluster.name).toBe('kista');
      expect(cluster.key).toBe('vmMigrations.clusters[0]');
      expect(cluster.access).toMatchObject(access);
    });

    it.each<[string, JsonObject, string]>([
      [
        'both token and certificate',
        {
          ...KISTA,
          serviceAccountToken: 'secret',
          clientCertificate: { certFile: 'c', keyFile: 'k' },
        },
        'vmMigrations.clusters[0] has both serviceAccountToken and clientCertificate',
      ],
      [
        'both token and token file',
        { ...KISTA, serviceAccountToken: 'secret', tokenFile: 'f' },
        'vmMigrations.clusters[0] has both serviceAccountToken and tokenFile',
      ],
      [
        'a url without credentials',
        KISTA,
        'vmMigrations.clusters[0] has a url but no credentials',
      ],
      [
        'nothing but a name',
        { name: 'kista' },
        "vmMigrations.clusters[0] does not say how to reach cluster 'kista'",
      ],
      [
        'both url and kubeconfig',
        { ...KISTA, serviceAccountToken: 'secret', kubeconfig: 'f' },
        'vmMigrations.clusters[0] has both url and kubeconfig',
      ],
      [
        'a token beside a kubeconfig',
        { name: 'kista', serviceAccountToken: 'secret', kubeconfig: 'f' },
        'vmMigrations.clusters[0].serviceAccountToken is of no use without url',
      ],
      [
        'a context without a kubeconfig',
        { name: 'kista', context: 'admin', inCluster: true },
        'vmMigrations.clusters[0].context is of no use without kubeconfig',
      ],
      [
        'certificate data and file at once',
        {
          ...KISTA,
          clientCertificate: {
            certFile: 'c',
            certData: 'secret',
            keyFile: 'k',
          },
        },
        'vmMigrations.clusters[0].clientCertificate must have either certData or certFile, not both',
      ],
      [
        'a certificate without a key',
        { ...KISTA, clientCertificate: { certFile: 'c' } },
        'vmMigrations.clusters[0].clientCertificate must have either keyData or keyFile',
      ],
      [
        'CA data and file at once',
        { ...KISTA, tokenFile: 'f', caData: 'secret', caFile: 'c' },
        'vmMigrations.clusters[0] has both caData and caFile',
      ],
      [
        'a url with a password in it',
        { name: 'kista', url: 'https://me:secret@kista', tokenFile: 'f' },
        'vmMigrations.clusters[0].url must be the address of an API server',
      ],
      [
        'a url of another protocol',
        { name: 'kista', url: 'kista.example.net:6443', tokenFile: 'f' },
        'vmMigrations.clusters[0].url must be the address of an API server',
      ],
      [
        'an unknown key',
        { ...KISTA, serviceAcountToken: 'secret' },
        'vmMigrations.clusters[0].serviceAcountToken is not a known key',
      ],
      [
        'a name that is a number',
        { ...KISTA, name: 1, tokenFile: 'f' },
        'vmMigrations.clusters[0].name must be of type string',
      ],
      [
        'a slash in the name',
        { ...KISTA, name: 'sites/kista', tokenFile: 'f' },
        "vmMigrations.clusters[0].name must not contain '/'",
      ],
      [
        'no name',
        { url: KISTA.url, tokenFile: 'f' },
        'vmMigrations.clusters[0].name is missing',
      ],
    ])('are refused with %s', (_, entry, message) => {
      expect(own(entry)).toThrow(message);
      expect(own(entry)).toThrow(
        expect.objectContaining({ name: 'InputError' }),
      );
      expect(own(entry)).not.toThrow(/secret/);
    });

    it('must have different names', () => {
      expect(() =>
        read({
          vmMigrations: {
            clusters: [
              { name: 'kista', inCluster: true },
              { ...KISTA, tokenFile: 'f' },
            ],
          },
        }),
      ).toThrow(
        "vmMigrations.clusters[1].name 'kista' is already taken by vmMigrations.clusters[0].name",
      );
    });

    it('cannot refer to a cluster that acts for the signed-in user', () => {
      expect(() =>
        read({
          kubernetes: kubernetesWith({ ...KISTA, authProvider: 'oidc' }),
          vmMigrations: { clusters: [{ name: 'kista' }] },
        }),
      ).toThrow(/vmMigrations\.clusters\[0\] takes cluster 'kista'.*'oidc'/);
    });
  });

  describe('datacenters', () => {
    it('are read with their coordinates, also from environment variables', () => {
      const { datacenters } = read({
        vmMigrations: {
          datacenters: [
            {
              id: 'kista',
              title: 'Kista',
              location: 'Stockholm',
              coordinates: { latitude: '59.4', longitude: 17.9 },
              clusters: ['a'],
            },
            { id: 'lulea' },
          ],
        },
      });

      expect(datacenters).toEqual([
        {
          id: 'kista',
          title: 'Kista',
          location: 'Stockholm',
          coordinates: { latitude: 59.4, longitude: 17.9 },
          clusters: ['a'],
        },
        { id: 'lulea', title: 'lulea', clusters: [] },
      ]);
    });

    it.each<[string, JsonObject, string]>([
      [
        'a latitude beyond the pole',
        { id: 'a', coordinates: { latitude: 91, longitude: 0 } },
        'vmMigrations.datacenters[0].coordinates.latitude must be between -90 and 90 degrees',
      ],
      [
        'a longitude beyond the date line',
        { id: 'a', coordinates: { latitude: 0, longitude: -180.5 } },
        'vmMigrations.datacenters[0].coordinates.longitude must be between -180 and 180 degrees',
      ],
      [
        'half of its coordinates',
        { id: 'a', coordinates: { latitude: 0 } },
        'vmMigrations.datacenters[0].coordinates.longitude must be a number',
      ],
      [
        'coordinates that are no number',
        { id: 'a', coordinates: { latitude: '59° N', longitude: 0 } },
        'vmMigrations.datacenters[0].coordinates.latitude must be a number',
      ],
      ['no id', { title: 'A' }, 'vmMigrations.datacenters[0].id is missing'],
      [
        'clusters that are objects',
        { id: 'a', clusters: [{ name: 'x' }] },
        'vmMigrations.datacenters[0].clusters[0] must be of type string',
      ],
    ])('are refused with %s', (_, datacenter, message) => {
      expect(() =>
        read({ vmMigrations: { datacenters: [datacenter] } }),
      ).toThrow(message);
    });
  });
});
