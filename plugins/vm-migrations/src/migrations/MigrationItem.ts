import type { Cluster, Migration } from 'backstage-plugin-vm-migrations-common';
import type { SiteTitles } from '../logic/route';
import type { EpochMs } from '../logic/units';

/** What a row of the table and an item of the list show. */
export interface MigrationItemProps {
  migration: Migration;
  /** The cluster in which nobody sees how the move goes on. */
  blind?: Cluster;
  sites: SiteTitles;
  /** Set while the portal is offline: when the data was last known to be right. */
  frozenAt?: EpochMs;
  isOpen: boolean;
  onToggle: (id: string) => void;
}
