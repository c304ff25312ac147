import { PHASES } from 'backstage-plugin-vm-migrations-common';
import { english } from '../__testUtils__/english';
import { migration } from '../__testUtils__/migration';
import {
  outcomeWord,
  phaseClass,
  phaseStep,
  phaseWord,
  timelinePhaseWord,
} from './migrationState';

describe('phaseWord', () => {
  it('has a word for each of KubeVirt’s phases', () => {
    expect(
      PHASES.map(phase => phaseWord(migration({ phase }), english)),
    ).toEqual([
      'Just created',
      'Waiting for the other cluster',
      'Connecting to the other cluster',
      'Waiting to start',
      'Scheduling',
      'Scheduled',
      'Preparing target',
      'Target ready',
      'Running',
      'Succeeded',
      'Failed',
    ]);
  });

  it('says where the VM already is in post-copy', () => {
    expect(phaseWord(migration({ mode: 'PostCopy' }), english)).toBe(
      'Running, already on the target',
    );
  });

  it.each(['Quiescing', 'toString', '__proto__'])(
    'shows the unknown phase %s as KubeVirt writes it',
    phase => {
      expect(phaseWord(migration({ phase }), english)).toBe(phase);
      expect(timelinePhaseWord(phase, english)).toBe(phase);
      expect(phaseClass(phase)).toBe('other');
    },
  );
});

describe('phaseStep', () => {
  it('counts six steps inside a cluster and seven between clusters', () => {
    expect(phaseStep({ kind: 'in-cluster', phase: 'PreparingTarget' })).toEqual(
      { step: 4, steps: 6 },
    );
    expect(
      phaseStep({ kind: 'cross-cluster', phase: 'PreparingTarget' }),
    ).toEqual({ step: 5, steps: 7 });
    expect(phaseStep({ kind: 'in-cluster', phase: 'Running' })).toEqual({
      step: 6,
      steps: 6,
    });
  });

  it.each(['', 'Pending', 'WaitingForSync', 'Synchronizing', 'Quiescing'])(
    'has no step for %p',
    phase => {
      expect(phaseStep({ kind: 'cross-cluster', phase })).toBeUndefined();
    },
  );
});

describe('outcomeWord', () => {
  it('has a word for each outcome', () => {
    expect(
      (
        [
          'active',
          'succeeded',
          'failed',
          'cancelled',
          'timed-out',
          'unknown',
        ] as const
      ).map(outcome => outcomeWord(outcome, english)),
    ).toEqual([
      'Active',
      'Succeeded',
      'Failed',
      'Cancelled',
      'Timed out',
      'Unknown',
    ]);
  });
});
