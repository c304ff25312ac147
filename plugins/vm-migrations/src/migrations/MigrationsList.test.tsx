import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { endedMigration } from '../__testUtils__/migration';
import { MigrationsList } from './MigrationsList';

const FAILED = endedMigration({
  id: 'failed',
  outcome: 'failed',
  phase: 'Failed',
  vm: { name: 'ml-train-2', namespace: 'research' },
  failure: { leg: 'leg-1', message: 'Target pod is down' },
  createdAt: new Date(Date.now() - 48.5 * 60_000).toISOString(),
  durationMs: 304_000,
});

function List() {
  const [openIds, setOpenIds] = useState<ReadonlySet<string>>(new Set());
  return (
    <MigrationsList
      groups={[{ name: 'ended', total: 13, migrations: [FAILED] }]}
      sites={new Map([['kista', 'Kista']])}
      isBusy={false}
      openIds={openIds}
      onToggle={id => setOpenIds(new Set([id]))}
    />
  );
}

describe('MigrationsList', () => {
  it('says in an item what a row of the table says', async () => {
    renderInTestApp(<List />);
    const group = screen.getByRole('region', { name: 'Ended 13' });
    const item = within(group).getByRole('listitem');
    expect(item).toHaveTextContent('ml-train-2');
    expect(item).toHaveTextContent('48 min ago, took 5 min 04 s');
    expect(item).toHaveTextContent('FailedTarget pod is down');
    expect(item).toHaveTextContent('kista-1: worker-1 → to worker-2');
    await userEvent.click(
      within(item).getByRole('button', { name: 'Show details of ml-train-2' }),
    );
    expect(
      within(item).getByRole('heading', { name: 'Objects' }),
    ).toBeVisible();
  });
});
