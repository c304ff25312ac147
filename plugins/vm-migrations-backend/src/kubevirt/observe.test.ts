import fc from 'fast-check';
import { observe, versionOf } from './observe';
import {
  INSTANCES,
  MIGRATIONS,
  VIRTUAL_MACHINES,
  WATCHED_RESOURCES,
} from './resources';

const observedAt = '2026-03-04T10:00:00.000Z';
const context = { cluster: 'alpha', type: 'MODIFIED', observedAt } as const;
const metadata = {
  name: 'web',
  namespace: 'shop',
  uid: 'uid-1',
  resourceVersion: '41',
};

const hostileValue = fc.oneof(
  fc.constantFrom('Running', '2026-03-04T10:00:00Z', '8Gi', '9e99Ei', 'True'),
  fc.boolean(),
  fc.integer(),
  fc.string(),
  fc.constant(null),
  fc.array(fc.constantFrom({}, null, 'x', { type: 'Ready' }, { phase: 'p' })),
);

/** An object with some of the fields that are read. */
function parts<Value>(value: fc.Arbitrary<Value>) {
  return fc.dictionary(
    fc.constantFrom(
      ...['phase', 'conditions', 'phaseTransitionTimestamps', 'nodeName'],
      ...['migrationState', 'interfaces', 'memory', 'currentCPUTopology'],
      ...['guestOSInfo', 'printableStatus', 'ready', 'cpu', 'sockets', 'cores'],
      ...['guest', 'guestCurrent', 'labels', 'annotations', 'ownerReferences'],
      ...['deletionTimestamp', 'startTimestamp', 'failed', 'sourceState'],
    ),
    value,
  );
}

describe('observe', () => {
  it.each([
    [MIGRATIONS, 'migration'],
    [INSTANCES, 'instance'],
    [VIRTUAL_MACHINES, 'virtual-machine'],
  ])('says where and when an object was seen: %j', (resource, kind) => {
    const object = { metadata, spec: { vmiName: 'web' } };
    expect(observe(object, { ...context, resource })).toMatchObject({
      kind,
      cluster: 'alpha',
      namespace: 'shop',
      name: 'web',
      version: 41,
      observedAt,
      deleted: false,
    });
    expect(
      observe(object, { ...context, resource, type: 'DELETED' }).deleted,
    ).toBe(true);
  });

  it.each(['name', 'namespace', 'uid'] as const)(
    'refuses an object without %s, and says which',
    field => {
      const object = { metadata: { ...metadata, [field]: '' }, spec: {} };
      expect(() =>
        observe(object, { ...context, resource: INSTANCES }),
      ).toThrow(
        new RegExp(
          `Cluster 'alpha' sent a virtualmachineinstances object .*metadata.${field}`,
        ),
      );
    },
  );

  it('refuses a migration of no instance', () => {
    expect(() =>
      observe({ metadata, spec: {} }, { ...context, resource: MIGRATIONS }),
    ).toThrow(/spec\.vmiName/);
  });

  it('reads whatever else stands in an object, and gives what JSON can hold', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...WATCHED_RESOURCES),
        parts(fc.oneof(hostileValue, parts(hostileValue))),
        (resource, status) => {
          const object = {
            metadata: { ...status, ...metadata },
            spec: { ...status, domain: status, vmiName: 'web' },
            status: { ...status, migrationState: status },
          };
          const observation = observe(object, { ...context, resource });
          expect(JSON.parse(JSON.stringify(observation))).toEqual(observation);
          expect(observation).toMatchObject({ name: 'web', version: 41 });
        },
      ),
    );
  });
});

describe('versionOf', () => {
  it('is the resource version where that is a number', () => {
    expect(versionOf('483087', observedAt)).toBe(483_087);
  });

  it.each(['', 'abc', '12a', '-1', '1.5'])(
    'is the time of the observation where it is "%s"',
    version => {
      expect(versionOf(version, observedAt)).toBe(Date.parse(observedAt));
    },
  );
});
