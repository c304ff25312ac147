import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  root: { display: 'block', flex: 'none', width: 24, height: 24 },
});

/** The portal's own sign, in the colour that the sidebar marks things with. */
export function LogoIcon() {
  const classes = useStyles();
  return (
    <svg
      className={classes.root}
      viewBox="0 0 24 24"
      fill="currentColor"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M2 2h9v9H2zM13 13h9v9h-9z" />
      <path
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
        d="M14.5 6.5H18V10M9.5 17.5H6V14"
      />
    </svg>
  );
}
