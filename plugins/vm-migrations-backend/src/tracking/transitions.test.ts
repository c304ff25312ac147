import { phasesOf, recordOf, startMove } from '../__testUtils__/history';

describe('the phases of a record', () => {
  it('keep the order of KubeVirt’s list where seconds are equal', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Running');
    const record = recordOf(history, migration);
    expect(new Set(record.transitions.map(({ at }) => at)).size).toBe(1);
    expect(phasesOf(record)).toEqual([
      'Pending',
      'Scheduling',
      'Scheduled',
      'PreparingTarget',
      'TargetReady',
      'Running',
    ]);
    expect(record.transitions[0]).toMatchObject({
      leg: migration.uid,
      timeSource: 'reported',
    });
  });

  it('are complete although only the last event was seen', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Running');
    migration.completeOnInstance();
    migration.end('Succeeded');
    const all = phasesOf(recordOf(history, migration));
    history.events.splice(0, history.events.length - 1);

    expect(phasesOf(recordOf(history, migration))).toEqual(all);
  });

  it('are those that were seen when the object has no list', () => {
    const { history, migration } = startMove();
    migration.writeStatus({ phase: 'Scheduling' });
    migration.writeStatus({ phase: 'Running' });
    migration.writeStatus({ phase: 'Succeeded' });

    const { transitions } = recordOf(history, migration);
    expect(
      transitions.map(({ phase, timeSource }) => [phase, timeSource]),
    ).toEqual([
      ['Scheduling', 'observed'],
      ['Running', 'observed'],
      ['Succeeded', 'observed'],
    ]);
  });

  it('put what was only seen where it belongs, whatever the clocks say', () => {
    const { history, migration } = startMove();
    migration.writeStatus({ phase: 'Running' });
    migration.enter('Succeeded');

    const { transitions } = recordOf(history, migration);
    expect(transitions.map(({ phase }) => phase)).toEqual([
      'Running',
      'Succeeded',
    ]);
    // The portal saw Running later than the controller's clock had Succeeded.
    expect(transitions[0].at > transitions[1].at).toBe(true);
  });

  it('hold phases that are not known today, at the place of their list', () => {
    const { history, migration } = startMove();
    migration.enter('Pending');
    migration.enter('Quiescing');
    expect(recordOf(history, migration)).toMatchObject({
      phase: 'Quiescing',
      outcome: 'active',
    });

    migration.enter('Scheduling');
    migration.cancelBeforeHandOver();
    const record = recordOf(history, migration);
    expect(phasesOf(record)).toEqual([
      'Pending',
      'Quiescing',
      'Scheduling',
      'Failed',
    ]);
    expect(record.outcome).toBe('cancelled');
  });

  it('end with the final one also when an unknown one was only seen', () => {
    const { history, migration } = startMove();
    migration.writeStatus({ phase: 'Quiescing' });
    migration.enter('Failed');
    expect(phasesOf(recordOf(history, migration))).toEqual([
      'Quiescing',
      'Failed',
    ]);
  });
});

describe('a final phase', () => {
  it('is never left again, whatever is written into the object later', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Running');
    migration.completeOnInstance();
    migration.end('Succeeded');
    migration.writeStatus({ phase: 'Running' });
    migration.writeStatus({ phase: 'Failed' });

    expect(recordOf(history, migration)).toMatchObject({
      phase: 'Succeeded',
      outcome: 'succeeded',
    });
  });

  it('stands while labels and conditions of the object go on changing', () => {
    const { history, migration } = startMove();
    migration.runUpTo('Running');
    migration.completeOnInstance();
    migration.end('Succeeded');
    const before = recordOf(history, migration);
    migration.setCondition('decentralizedMigrationBlocked');
    migration.removeCondition('decentralizedMigrationBlocked');

    expect(recordOf(history, migration)).toEqual(before);
  });
});
