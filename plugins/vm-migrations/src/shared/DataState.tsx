import { makeStyles } from '@material-ui/core/styles';
import { useId, type ReactNode } from 'react';
import { paletteOf } from './palette';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: 8,
    padding: '72px 24px',
    textAlign: 'center',
  },
  icon: { display: 'flex', marginBottom: 4, color: paletteOf(theme).neutral },
  title: { margin: 0, fontSize: 16, lineHeight: '24px', fontWeight: 700 },
  text: {
    margin: 0,
    maxWidth: 420,
    fontSize: 14,
    lineHeight: '20px',
    color: paletteOf(theme).textSecondary,
    overflowWrap: 'anywhere',
  },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'center',
    gap: 8,
    marginTop: 8,
  },
}));

/**
 * Stands where data would: says in a title, a sentence and at most two actions why there
 * is none. Which of the states it is decides the caller; they must not look alike.
 */
export function DataState(props: {
  icon: ReactNode;
  title: string;
  text?: ReactNode;
  actions?: ReactNode;
}) {
  const { icon, title, text, actions } = props;
  const classes = useStyles();
  const titleId = useId();
  return (
    <section className={classes.root} aria-labelledby={titleId}>
      <span className={classes.icon}>{icon}</span>
      <h2 id={titleId} className={classes.title}>
        {title}
      </h2>
      {text !== undefined && <p className={classes.text}>{text}</p>}
      {actions !== undefined && (
        <div className={classes.actions}>{actions}</div>
      )}
    </section>
  );
}
