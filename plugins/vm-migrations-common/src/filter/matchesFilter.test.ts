import fc from 'fast-check';
import { filterArbitrary } from './__testUtils__/arbitraryFilter';
import { aMigration, aVirtualMachine } from '../__testUtils__/records';
import { createFilterContext } from './FilterContext';
import { matchesFilter } from './matchesFilter';
import { matchesVirtualMachine } from './matchesVirtualMachine';
import { normalizeFilter } from './normalizeFilter';
import { parseFilter } from './parseFilter';

const now = new Date('2026-03-04T11:00:00.000Z');
const context = createFilterContext([
  { id: 'kista', clusters: ['kista-1', 'kista-2'] },
  { id: 'solna', clusters: ['solna-1'] },
]);

function matches(text: string, migration = aMigration()): boolean {
  return matchesFilter(parseFilter(text, { now }), migration, context);
}

describe('matchesFilter', () => {
  it.each([
    '',
    'id:uid-source',
    'id:uid-target',
    'outcome:completed',
    'outcome:failed,succeeded',
    'phase:succeeded',
    'kind:cross-cluster',
    'cluster:kista-1',
    'cluster:solna-1',
    'cluster:kista-*',
    'datacenter:kista',
    'datacenter:sol*',
    'namespace:payments',
    'namespace:payments-new',
    'vm:payments-db-0',
    'vm:*-db-*',
    'node:worker-02,worker-09',
    'migration:forklift-*',
    'direction:incoming@solna',
    'direction:outgoing@kista',
    'direction:outgoing@cluster:kista-1',
    'created:2026-03-04',
    'ended:-1h..',
    'ended:*',
    'PAYMENTS',
    'forklift',
    'solna-1',
    '-outcome:failed',
    'vm:other OR cluster:kista-1',
  ])('lets the move through by %s', text => {
    expect(matches(text)).toBe(true);
  });

  it.each([
    'id:uid',
    'outcome:failed',
    'cluster:kista-2',
    'datacenter:lulea',
    'vm:payments-db',
    'node:worker-0',
    'status:Running',
    'direction:incoming@kista',
    'direction:internal@solna',
    'created:2026-03-05',
    'ended:<2026-03-04T10:20:00Z',
    'nothing-like-it',
    '-cluster:kista-1',
    'cluster:kista-1 vm:other',
  ])('holds the move back by %s', text => {
    expect(matches(text)).toBe(false);
  });

  it('finds the text of the failure', () => {
    const failure = { leg: 'uid-source', message: 'No space LEFT on worker' };
    expect(matches('"space left"', aMigration({ failure }))).toBe(true);
  });

  it('lets an end that is not known fit no cluster, and count as elsewhere', () => {
    const half = aMigration({ source: {} });
    expect(matches('cluster:*', half)).toBe(true);
    expect(matches('cluster:kista-1', half)).toBe(false);
    expect(matches('direction:incoming@solna', half)).toBe(true);
  });

  it('sees a move within one site as internal there', () => {
    const within = aMigration({
      target: { cluster: 'kista-2', datacenter: 'kista' },
    });
    expect(matches('direction:internal@kista', within)).toBe(true);
    expect(matches('direction:incoming@cluster:kista-2', within)).toBe(true);
    expect(matches('direction:internal@cluster:kista-2', within)).toBe(false);
  });

  it('gives no time range to what has no such time', () => {
    const active = aMigration({ endedAt: undefined });
    expect(matches('ended:>=2000', active)).toBe(false);
    expect(matches('ended:*', active)).toBe(false);
    expect(matches('-ended:*', active)).toBe(true);
  });

  it('is not changed by normalising the filter', () => {
    fc.assert(
      fc.property(filterArbitrary, expression => {
        const migration = aMigration();
        expect(
          matchesFilter(normalizeFilter(expression), migration, context),
        ).toBe(matchesFilter(expression, migration, context));
      }),
    );
  });
});

describe('matchesVirtualMachine', () => {
  function matchesMachine(text: string): boolean {
    return matchesVirtualMachine(
      parseFilter(text, { now }),
      aVirtualMachine(),
      context,
    );
  }

  it.each([
    '',
    'vm:payments-*',
    'cluster:kista-1',
    'datacenter:kista',
    'namespace:payments',
    'node:worker-04',
    'status:Running',
    'phase:Running',
    'created:2026-01',
    'updated:-1h..',
    'WORKER',
  ])('lets the machine through by %s', text => {
    expect(matchesMachine(text)).toBe(true);
  });

  it.each([
    'vm:payments',
    'datacenter:solna',
    'status:Stopped',
    'outcome:active',
    'kind:in-cluster',
    'direction:incoming@kista',
    'ended:*',
  ])('holds the machine back by %s', text => {
    expect(matchesMachine(text)).toBe(false);
  });
});
