import { makeStyles } from '@material-ui/core/styles';
import type { Migration } from 'backstage-plugin-vm-migrations-common';
import { Facts } from '../shared/Facts';
import { paletteOf } from '../shared/palette';
import { useTranslate } from '../shared/useTranslate';

const useStyles = makeStyles(theme => ({
  objects: {
    margin: '0 0 8px',
    padding: 0,
    listStyle: 'none',
    fontSize: 12,
    lineHeight: '18px',
    overflowWrap: 'anywhere',
  },
  minor: { color: paletteOf(theme).textSecondary },
}));

/** The Kubernetes objects that a move was told by, and the ids that find it. */
export function MigrationObjects({ migration }: { migration: Migration }) {
  const classes = useStyles();
  const t = useTranslate();
  return (
    <>
      <ul className={classes.objects}>
        {migration.legs.map(leg => (
          <li key={leg.uid}>
            <div>
              {leg.cluster}/{leg.namespace}/{leg.name}
            </div>
            <div className={classes.minor}>
              {leg.uid}
              {leg.deleted && `, ${t('details.deleted')}`}
            </div>
          </li>
        ))}
      </ul>
      <Facts
        facts={[
          // Of one object the id is its uid, which stands above.
          [
            t('details.id'),
            migration.legs.length > 1 ? migration.id : undefined,
          ],
          [t('details.migrationId'), migration.migrationID],
          [t('details.sendsTo'), migration.sendToUrl],
        ]}
      />
    </>
  );
}
