import Button, { type ButtonProps } from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { paletteOf } from './palette';

const useStyles = makeStyles(theme => ({
  root: {
    height: 32,
    padding: '0 10px',
    fontSize: 12,
    lineHeight: '16px',
    fontWeight: 400,
    letterSpacing: 'normal',
    textTransform: 'none',
    color: theme.palette.text.primary,
    borderColor: paletteOf(theme).controlBorder,
    backgroundColor: theme.palette.background.paper,
    '& svg': { fontSize: '16px !important' },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: 2,
    },
  },
}));

/** The plugin's one kind of button with words. */
export function ActionButton(
  props: Pick<ButtonProps, 'children' | 'disabled' | 'onClick' | 'startIcon'>,
) {
  const classes = useStyles();
  return (
    <Button
      {...props}
      className={classes.root}
      variant="outlined"
      disableRipple
    />
  );
}
