import { migrationUidOf } from './migrationStateFacts';

const HERE = '10.0.0.1:9185';
const THERE = '10.0.0.2:9185';

describe('migrationUidOf', () => {
  it.each([
    ['nothing', {}, undefined],
    ['a local migration', { migrationUid: 'local' }, 'local'],
    [
      'a sending half that has only begun to synchronize',
      {
        sourceState: { migrationUID: 's' },
        targetState: { syncAddress: THERE },
      },
      's',
    ],
    [
      'a sending half that knows its target',
      {
        migrationUid: 's',
        sourceState: { migrationUID: 's' },
        targetState: { migrationUID: 't', syncAddress: THERE },
      },
      's',
    ],
    [
      'a receiving half that waits',
      { targetState: { migrationUID: 't' } },
      undefined,
    ],
    [
      'a receiving half that knows its source',
      {
        sourceState: { migrationUID: 's', syncAddress: THERE },
        targetState: { migrationUID: 't' },
      },
      't',
    ],
    [
      'a receiving half after the hand-over',
      {
        migrationUid: 't',
        sourceState: { migrationUID: 's', syncAddress: THERE },
        targetState: { migrationUID: 't' },
      },
      't',
    ],
    [
      'a sending half that is written into what an earlier one left',
      {
        migrationUid: 'earlier',
        sourceState: { migrationUID: 's' },
        targetState: { migrationUID: 'earlier-target', syncAddress: THERE },
      },
      undefined,
    ],
    [
      'both addresses, after the synchronization controller was restarted',
      {
        migrationUid: 't',
        sourceState: { migrationUID: 's', syncAddress: THERE },
        targetState: { migrationUID: 't', syncAddress: HERE },
      },
      't',
    ],
    [
      'both addresses before the hand-over',
      {
        sourceState: { migrationUID: 's', syncAddress: THERE },
        targetState: { migrationUID: 't', syncAddress: HERE },
      },
      undefined,
    ],
  ])('of %s', (_, state, uid) => {
    expect(migrationUidOf(state)).toBe(uid);
  });
});
