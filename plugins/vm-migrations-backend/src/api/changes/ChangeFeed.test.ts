import { setImmediate } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import type { ChangesPage } from 'backstage-plugin-vm-migrations-common';
import { ManualClock } from '../../__testUtils__/ManualClock';
import type { MigrationReader } from '../../store/types';
import { ChangeFeed } from './ChangeFeed';
import { ChangeNotifier } from './ChangeNotifier';

const visible = {
  migrations: undefined,
  virtualMachines: undefined,
  clusters: true,
};

function setup() {
  const clock = new ManualClock();
  const reads: Array<{ since?: string; answer(page: ChangesPage): void }> = [];
  const reader: Pick<MigrationReader, 'listChanges' | 'listMigrations'> = {
    listChanges: ({ since }) =>
      new Promise(resolve => {
        reads.push({ since, answer: resolve });
      }),
    async listMigrations() {
      throw new Error('Nobody has to ask for migrations');
    },
  };
  const notifier = new ChangeNotifier({
    reader,
    clock,
    logger: mockServices.logger.mock(),
  });
  return {
    reads,
    notifier,
    clock,
    feed: new ChangeFeed({ reader, notifier, clock }),
  };
}

function emptyPage(position: string): ChangesPage {
  return { changes: [], position, more: false, reset: false };
}

describe('ChangeFeed', () => {
  it('reads once for all who ask for the same at the same time', async () => {
    const { feed, reads } = setup();
    const query = { since: 'p1', limit: 10, visible };
    const same = [feed.read(query), feed.read({ ...query })];
    const other = feed.read({ ...query, since: 'p0' });
    const blind = feed.read({
      ...query,
      visible: { ...visible, migrations: false },
    });
    expect(reads.map(({ since }) => since)).toEqual(['p1', 'p0', 'p1']);
    reads.forEach(({ answer }) => answer(emptyPage('p2')));
    await Promise.all([...same, other, blind]);

    const later = feed.read(query);
    expect(reads).toHaveLength(4);
    reads[3].answer(emptyPage('p2'));
    await later;
  });

  it('does not share a read that began before a commit', async () => {
    const { feed, reads, notifier } = setup();
    const query = { since: 'p1', limit: 10, visible };
    const before = feed.read(query);
    notifier.notify();
    const after = feed.read(query);
    expect(reads).toHaveLength(2);
    reads.forEach(({ answer }) => answer(emptyPage('p2')));
    expect((await before).tick).not.toBe((await after).tick);
  });

  it('goes on from where it has come to while what changes is not for the caller', async () => {
    const { feed, reads, notifier, clock } = setup();
    const waiting = feed.readWaiting(
      { since: 'p1', limit: 10, visible },
      { waitMs: 5000, signal: new AbortController().signal },
    );
    reads[0].answer(emptyPage('p2'));
    await setImmediate();
    notifier.notify();
    await setImmediate();
    expect(reads[1].since).toBe('p2');
    reads[1].answer(emptyPage('p3'));
    await setImmediate();
    clock.advance(5000);
    await setImmediate();
    for (const { answer } of reads.slice(2)) {
      answer(emptyPage('p3'));
    }
    expect(await waiting).toEqual(emptyPage('p3'));
  });
});
