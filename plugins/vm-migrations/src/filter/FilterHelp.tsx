import IconButton from '@material-ui/core/IconButton';
import Popover from '@material-ui/core/Popover';
import { makeStyles } from '@material-ui/core/styles';
import HelpIcon from '@material-ui/icons/HelpOutline';
import {
  filterKeysOf,
  filterWordsOf,
} from 'backstage-plugin-vm-migrations-common';
import { useId, useState } from 'react';
import { paletteOf } from '../shared/palette';
import { useTranslate } from '../shared/useTranslate';

const useStyles = makeStyles(theme => ({
  paper: {
    maxWidth: 480,
    padding: 16,
    fontFamily: theme.typography.fontFamily,
  },
  title: { margin: 0, fontSize: 16, lineHeight: '24px', fontWeight: 700 },
  text: { margin: '4px 0 12px', fontSize: 14, lineHeight: '20px' },
  list: { margin: 0, padding: 0, listStyle: 'none' },
  item: { padding: '4px 0', fontSize: 12, lineHeight: '16px' },
  code: {
    display: 'block',
    fontFamily: 'monospace',
    fontSize: 12,
    overflowWrap: 'anywhere',
  },
  meaning: { color: paletteOf(theme).textSecondary },
}));

const EXAMPLES = [
  ['outcome:failed,timed-out', 'filter.exampleValues'],
  ['vm:web-* -namespace:ci', 'filter.examplePattern'],
  ['direction:incoming@lulea', 'filter.exampleDirection'],
  ['created:-24h..', 'filter.exampleTime'],
  ['(cluster:a OR cluster:b) kind:in-cluster', 'filter.exampleOr'],
] as const;

/** A button that explains the filter language by examples and lists its keys. */
export function FilterHelp() {
  const classes = useStyles();
  const t = useTranslate();
  const titleId = useId();
  const [anchor, setAnchor] = useState<Element>();
  const { keys, times } = filterKeysOf('migration');
  return (
    <>
      <IconButton
        size="small"
        aria-label={t('filter.help')}
        aria-haspopup="dialog"
        onClick={event => setAnchor(event.currentTarget)}
      >
        <HelpIcon fontSize="small" />
      </IconButton>
      <Popover
        open={anchor !== undefined}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        PaperProps={{
          className: classes.paper,
          role: 'dialog',
          'aria-labelledby': titleId,
        }}
      >
        <h2 id={titleId} className={classes.title}>
          {t('filter.helpTitle')}
        </h2>
        <p className={classes.text}>{t('filter.helpText')}</p>
        <ul className={classes.list}>
          {EXAMPLES.map(([example, meaning]) => (
            <li key={example} className={classes.item}>
              <code className={classes.code}>{example}</code>
              <span className={classes.meaning}>{t(meaning)}</span>
            </li>
          ))}
          <li className={classes.item}>
            <span className={classes.meaning}>{t('filter.keys')}</span>
            <code className={classes.code}>
              {[...keys, 'direction', ...times].map(key => `${key}:`).join(' ')}
            </code>
          </li>
          <li className={classes.item}>
            <span className={classes.meaning}>{t('filter.outcomes')}</span>
            <code className={classes.code}>
              {filterWordsOf('outcome')?.join(' ')}
            </code>
          </li>
        </ul>
      </Popover>
    </>
  );
}
