import {
  instanceObservation,
  machineObservation,
  migrationObservation,
  timeAt,
} from '../../__testUtils__/observations';
import type { LegFacts } from '../../kubevirt/types';
import type { TestApi } from './startApi';

/** When the scenario has been recorded: 1000 s after its first event. */
export const SCENARIO_NOW = Date.parse(timeAt(1000));

function migration(
  uid: string,
  cluster: string,
  createdSecond: number,
  facts: LegFacts,
) {
  return migrationObservation({
    uid,
    cluster,
    version: createdSecond + 1,
    facts: { createdAt: timeAt(createdSecond), ...facts },
  });
}

/**
 * Two sites, kista with kista-1 and kista-2, solna with solna-1, and a cluster without site,
 * lab. By time of creation:
 *
 *     within       within kista-1, of machine web, succeeded
 *     half         came into solna-1 from a cluster that nobody knows, of machine web
 *     pair         from kista-1 to solna-1, of machine db, succeeded
 *     site         from kista-2 to kista-1, of machine api, failed
 *     running      within lab, of machine web, active
 */
export async function recordScenario(api: TestApi): Promise<void> {
  await api.clusters.saveClusters(
    ['kista-1', 'kista-2', 'solna-1', 'lab'].map(name => ({ name })),
    [
      { id: 'kista', title: 'Kista', clusters: ['kista-1', 'kista-2'] },
      { id: 'solna', title: 'Solna', clusters: ['solna-1'] },
    ],
  );
  const ended = (second: number, phase: string): LegFacts => ({
    phase,
    completed: true,
    failed: phase === 'Failed',
    startedAt: timeAt(second - 10),
    endedAt: timeAt(second),
    reportedTransitions: [{ phase, at: timeAt(second) }],
  });
  const pair = { vmiName: 'db', migrationID: 'pair' };
  const site = { vmiName: 'api', migrationID: 'site' };
  await api.observe(
    migration('within', 'kista-1', 0, {
      name: 'drain',
      sourceNode: 'worker-1',
      targetNode: 'worker-2',
      ...ended(60, 'Succeeded'),
    }),
    migration('half', 'solna-1', 100, {
      name: 'incoming',
      role: 'target',
      migrationID: 'half',
      ...ended(130, 'Succeeded'),
    }),
    migration('pair', 'kista-1', 200, {
      ...pair,
      role: 'source',
      ...ended(290, 'Succeeded'),
    }),
    migration('pair-target', 'solna-1', 201, {
      ...pair,
      role: 'target',
      ...ended(290, 'Succeeded'),
    }),
    migration('site', 'kista-2', 300, {
      ...site,
      role: 'source',
      ...ended(320, 'Failed'),
    }),
    migration('site-target', 'kista-1', 301, {
      ...site,
      role: 'target',
      failureReason: 'No room on any node',
      ...ended(320, 'Failed'),
    }),
    migration('running', 'lab', 400, {
      name: 'drain',
      phase: 'Running',
      sourceNode: 'lab-1',
    }),
  );
  await api.observe(
    ...['kista-1', 'lab'].flatMap(cluster => [
      machineObservation({ cluster }),
      instanceObservation({ cluster }),
    ]),
    machineObservation({
      cluster: 'solna-1',
      name: 'db',
      machine: { uid: 'db', status: 'Stopped', labels: {} },
    }),
  );
}
