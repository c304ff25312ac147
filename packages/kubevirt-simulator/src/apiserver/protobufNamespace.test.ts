import { TestCluster } from '../__testUtils__';
import { parseProtobufNamespace } from './protobufNamespace';

/** What kubectl 1.34 sent for `kubectl create namespace crm`. */
const SENT_BY_KUBECTL = Buffer.from(
  'azhzAAoPCgJ2MRIJTmFtZXNwYWNlEhsKEwoDY3JtEgAaACIAKgAyADgAQgASABoCCgAaACIA',
  'base64',
);

const field = (number: number, ...parts: (Buffer | string)[]) => {
  const value = Buffer.concat(parts.map(part => Buffer.from(part)));
  return Buffer.from([number * 8 + 2, value.length, ...value]);
};
const envelope = (kind: string, ...metadata: Buffer[]) =>
  Buffer.concat([
    Buffer.from('k8s\0'),
    field(1, field(1, 'v1'), field(2, kind)),
    field(2, field(1, ...metadata)),
  ]);

describe('parseProtobufNamespace', () => {
  it('reads name and labels, and skips the rest', () => {
    const label = field(11, field(1, 'tier'), field(2, 'gold'));
    const generation = Buffer.from([7 * 8, 0xac, 0x02]);
    expect(
      parseProtobufNamespace(
        envelope('Namespace', field(1, 'crm'), generation, label),
      ),
    ).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: 'crm',
        generateName: undefined,
        labels: { tier: 'gold' },
        annotations: {},
      },
    });
  });

  it.each([
    ['another kind', envelope('Pod', field(1, 'crm'))],
    ['no Kubernetes message', Buffer.from('{"kind":"Namespace"}')],
    ['a message cut short', Buffer.from('k8s\0\x0a')],
    ['a wire type that is not used', Buffer.from('k8s\0\x0d\x01')],
  ])('refuses %s', (_what, body) => {
    expect(() => parseProtobufNamespace(body)).toThrow(
      'the body of the request was in an unknown format',
    );
  });

  it('serves kubectl create namespace', async () => {
    const cluster = await TestCluster.start();
    const { code } = await cluster.client.send('/api/v1/namespaces', {
      method: 'POST',
      contentType: 'application/vnd.kubernetes.protobuf',
      body: SENT_BY_KUBECTL,
    });
    expect(code).toBe(201);
    expect(cluster.store.get('namespaces', undefined, 'crm')).toBeDefined();
    await cluster.stop();
  });
});
