import { makeStyles } from '@material-ui/core/styles';
import { paletteOf } from '../shared/palette';

/** What rows of the table and items of the list have in common. */
export const useRowStyles = makeStyles(theme => {
  const palette = paletteOf(theme);
  return {
    first: {
      fontSize: 14,
      lineHeight: '18px',
      color: theme.palette.text.primary,
      overflowWrap: 'anywhere',
    },
    name: { fontWeight: 700 },
    second: {
      fontSize: 12,
      lineHeight: '16px',
      color: palette.textSecondary,
      overflowWrap: 'anywhere',
    },
    // One line of a message; the whole of it is in the details.
    note: {
      fontSize: 12,
      lineHeight: '16px',
      color: theme.palette.text.primary,
      overflow: 'hidden',
      display: '-webkit-box',
      WebkitBoxOrient: 'vertical',
      WebkitLineClamp: 1,
      overflowWrap: 'anywhere',
    },
    step: { fontSize: 12, lineHeight: '16px' },
    toggle: {
      width: 24,
      height: 24,
      borderRadius: 4,
      color: palette.textSecondary,
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
      },
      '& svg': { fontSize: 20 },
    },
  };
});
