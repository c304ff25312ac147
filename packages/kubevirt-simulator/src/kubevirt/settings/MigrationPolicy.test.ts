import { matchMigrationPolicy, type MigrationPolicy } from './MigrationPolicy';

const SUBJECT = {
  namespaceLabels: { team: 'erp', stage: 'prod' },
  instanceLabels: { app: 'db', tier: 'one' },
};

function policy(
  name: string,
  selectors: Pick<
    MigrationPolicy,
    'namespaceSelector' | 'virtualMachineInstanceSelector'
  >,
): MigrationPolicy {
  return { name, ...selectors, configuration: {} };
}

function match(...policies: MigrationPolicy[]): string | undefined {
  return matchMigrationPolicy(policies, SUBJECT)?.name;
}

describe('matchMigrationPolicy', () => {
  it('takes the policy with most matching labels', () => {
    expect(
      match(
        policy('few', { namespaceSelector: { team: 'erp' } }),
        policy('many', {
          namespaceSelector: { team: 'erp' },
          virtualMachineInstanceSelector: { app: 'db' },
        }),
      ),
    ).toBe('many');
  });

  it('prefers labels of the instance, then the first name', () => {
    expect(
      match(
        policy('a-namespace', { namespaceSelector: { team: 'erp' } }),
        policy('z-instance', {
          virtualMachineInstanceSelector: { app: 'db' },
        }),
        policy('y-instance', {
          virtualMachineInstanceSelector: { tier: 'one' },
        }),
      ),
    ).toBe('y-instance');
  });

  it('passes over a policy of which one label is missing', () => {
    expect(
      match(policy('a', { namespaceSelector: { team: 'erp', stage: 'test' } })),
    ).toBeUndefined();
  });

  it('lets an empty selector match everything and none at all nothing', () => {
    expect(match(policy('none', {}))).toBeUndefined();
    expect(match(policy('all', { namespaceSelector: {} }))).toBe('all');
  });
});
