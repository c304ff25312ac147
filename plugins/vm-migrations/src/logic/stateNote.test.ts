import type { Cluster } from 'backstage-plugin-vm-migrations-common';
import { english, englishTimes } from '../__testUtils__/english';
import { endedMigration, migration } from '../__testUtils__/migration';
import { stateNote } from './stateNote';

const BLIND: Cluster = {
  name: 'kista-2',
  state: 'blind',
  blindSince: new Date(2026, 2, 4, 12, 4).toISOString(),
  resources: [],
  virtualMachines: 3,
  activeMigrations: 1,
  revision: 1,
};

describe('stateNote', () => {
  it('adds nothing to a move that is seen or has succeeded', () => {
    expect(
      stateNote(migration(), undefined, english, englishTimes),
    ).toBeUndefined();
    expect(
      stateNote(endedMigration(), undefined, english, englishTimes),
    ).toBeUndefined();
  });

  it('says since when nothing is known of a move under way', () => {
    expect(stateNote(migration(), BLIND, english, englishTimes)).toBe(
      'No data from kista-2 since 12:04',
    );
    expect(
      stateNote(
        migration(),
        { ...BLIND, title: 'Kista two', blindSince: undefined },
        english,
        englishTimes,
      ),
    ).toBe('No data from Kista two');
  });

  it('gives KubeVirt’s reason of a failure, or says that there is none', () => {
    const failed = endedMigration({
      outcome: 'failed',
      failure: { leg: 'leg-1', message: 'Target pod is down' },
    });
    expect(stateNote(failed, undefined, english, englishTimes)).toBe(
      'Target pod is down',
    );
    expect(
      stateNote(
        { ...failed, outcome: 'timed-out', failure: { leg: 'leg-1' } },
        undefined,
        english,
        englishTimes,
      ),
    ).toBe('KubeVirt gives no reason');
  });

  it('says between which times a move ended unseen', () => {
    const unseen = endedMigration({
      outcome: 'unknown',
      endedBetween: {
        after: new Date(2026, 2, 4, 3, 12).toISOString(),
        before: new Date(2026, 2, 4, 3, 41).toISOString(),
      },
    });
    expect(stateNote(unseen, undefined, english, englishTimes)).toBe(
      'Ended unseen between 03:12 and 03:41',
    );
    expect(
      stateNote(
        {
          ...unseen,
          endedBetween: {
            after: new Date(2026, 2, 3, 23, 50).toISOString(),
            before: new Date(2026, 2, 4, 3, 41).toISOString(),
          },
        },
        undefined,
        english,
        englishTimes,
      ),
    ).toBe('Ended unseen between 3 Mar 23:50 and 03:41');
    expect(
      stateNote(
        { ...unseen, endedBetween: undefined },
        undefined,
        english,
        englishTimes,
      ),
    ).toBe('Ended unseen');
  });
});
