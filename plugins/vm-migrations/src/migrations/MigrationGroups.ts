import type { Migration } from 'backstage-plugin-vm-migrations-common';
import type { ReactNode } from 'react';
import type { SiteTitles } from '../logic/route';
import type { EpochMs } from '../logic/units';

/** Migrations that stand together below one heading. */
export type MigrationGroup = {
  /** How many there are, also those not loaded yet; absent when that is not known. */
  total?: number;
  /** Stands below them: a way to more, or why there is none. */
  note?: ReactNode;
} & (
  | { name: 'active'; ids: readonly string[] }
  | { name: 'ended'; migrations: readonly Migration[] }
);

/** What the table and the list show. */
export interface MigrationGroupsProps {
  groups: readonly MigrationGroup[];
  sites: SiteTitles;
  /** Set while the portal is offline: when the data was last known to be right. */
  frozenAt?: EpochMs;
  /** What is shown is about to be replaced. */
  isBusy: boolean;
  openIds: ReadonlySet<string>;
  onToggle: (id: string) => void;
}
