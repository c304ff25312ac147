import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { FilterBar, useFilter } from '../filter';
import { LiveProvider } from '../live';
import { StaleBar } from '../shared/StaleBar';
import { MigrationsView } from './MigrationsView';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: 12,
    padding: '0 24px 24px',
    fontFamily: theme.typography.fontFamily,
    [theme.breakpoints.down('xs')]: { padding: '0 16px 16px' },
  },
}));

/** All migrations, live: those under way above those that have ended. */
export function MigrationsPage() {
  return (
    <LiveProvider>
      <PageContent />
    </LiveProvider>
  );
}

function PageContent() {
  const classes = useStyles();
  const filter = useFilter();
  return (
    <main className={classes.root}>
      <FilterBar filter={filter} />
      <StaleBar />
      <Paper elevation={1}>
        <MigrationsView filter={filter} />
      </Paper>
    </main>
  );
}
