import { isFinalPhase, PHASES, phaseRank, phasesOf } from './Phase';

describe('phases', () => {
  it('only the last two are final', () => {
    expect(PHASES.filter(isFinalPhase)).toEqual(['Succeeded', 'Failed']);
    expect(isFinalPhase('Rewinding')).toBe(false);
  });

  it('are ranked in the order in which they are passed', () => {
    const ranks = PHASES.map(phaseRank);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(new Set(ranks).size).toBe(PHASES.length);
  });

  it('that are unknown rank behind Running and before the end', () => {
    expect(phaseRank('Rewinding')).toBeGreaterThan(phaseRank('Running'));
    expect(phaseRank('Rewinding')).toBeLessThan(phaseRank('Succeeded'));
  });

  it('of a move within a cluster begin with Pending', () => {
    expect(phasesOf('in-cluster', 'local')).toEqual([
      'Pending',
      'Scheduling',
      'Scheduled',
      'PreparingTarget',
      'TargetReady',
      'Running',
      'Succeeded',
    ]);
  });

  it.each(['cross-cluster', 'cross-namespace'] as const)(
    'of a %s move begin with the handshake of its half',
    kind => {
      expect(phasesOf(kind, 'source')[0]).toBe('Synchronizing');
      expect(phasesOf(kind, 'target')[0]).toBe('WaitingForSync');
      expect(phasesOf(kind, 'target').slice(1)).toEqual(
        phasesOf('in-cluster', 'local'),
      );
    },
  );
});
