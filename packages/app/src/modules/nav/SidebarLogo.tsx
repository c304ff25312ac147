import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { coreApis, useApi } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { LogoIcon } from './LogoIcon';

const useStyles = makeStyles(theme => ({
  root: {
    width: '100%',
    height: 3 * sidebarConfig.logoHeight,
    display: 'flex',
    alignItems: 'center',
    marginBottom: -14,
  },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: 24,
    marginLeft: 24,
    color: theme.palette.navigation.indicator,
    '&:focus-visible': { outline: '2px solid currentColor', outlineOffset: 4 },
  },
  name: {
    color: theme.palette.navigation.selectedColor,
    fontSize: 16,
    fontWeight: 700,
    whiteSpace: 'nowrap',
  },
}));

/** The sign of the portal, and its name while the sidebar is open. */
export function SidebarLogo() {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  const name =
    useApi(coreApis.config).getOptionalString('app.title') ?? 'Backstage';
  return (
    <div className={classes.root}>
      <Link
        to="/"
        underline="none"
        className={classes.link}
        aria-label={`${name}, home`}
      >
        <LogoIcon />
        {isOpen && <span className={classes.name}>{name}</span>}
      </Link>
    </div>
  );
}
