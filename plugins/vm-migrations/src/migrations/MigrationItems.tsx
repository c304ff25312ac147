import type { Migration } from 'backstage-plugin-vm-migrations-common';
import type { ComponentType } from 'react';
import { useClusters, useLiveMigration } from '../live';
import { blindClusterOf } from '../logic/blindClusters';
import type { MigrationItemProps } from './MigrationItem';
import type { MigrationGroup, MigrationGroupsProps } from './MigrationGroups';

type ItemsProps = MigrationGroupsProps & {
  group: MigrationGroup;
  Item: ComponentType<MigrationItemProps>;
};

/**
 * The migrations of a group. Those under way are a list of ids, and each fetches its own
 * record: so a change of one draws one. It costs a component and pays at hundreds of
 * changes a second.
 */
export function MigrationItems(props: ItemsProps) {
  const { group } = props;
  return group.name === 'active' ? (
    <>
      {group.ids.map(id => (
        <LiveItem key={id} id={id} {...props} />
      ))}
    </>
  ) : (
    <>
      {group.migrations.map(migration => (
        <StaticItem key={migration.id} migration={migration} {...props} />
      ))}
    </>
  );
}

function LiveItem(props: ItemsProps & { id: string }) {
  const migration = useLiveMigration(props.id);
  const clusters = useClusters();
  return migration ? (
    <StaticItem
      {...props}
      migration={migration}
      blind={blindClusterOf(migration, clusters)}
    />
  ) : null;
}

function StaticItem(
  props: ItemsProps & {
    migration: Migration;
    blind?: MigrationItemProps['blind'];
  },
) {
  const { Item, migration, blind, sites, frozenAt, openIds, onToggle } = props;
  return (
    <Item
      migration={migration}
      blind={blind}
      sites={sites}
      frozenAt={frozenAt}
      isOpen={openIds.has(migration.id)}
      onToggle={onToggle}
    />
  );
}
