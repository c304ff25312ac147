import { makeStyles, useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useTranslate } from '../shared/useTranslate';
import { FilterField } from './FilterField';
import { OutcomeChoices } from './OutcomeChoices';
import type { Filter } from './useFilter';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: 12 },
});

/** The filter of a page as text and as quick choices; both write the same filter. */
export function FilterBar({ filter }: { filter: Filter }) {
  const classes = useStyles();
  const t = useTranslate();
  const isNarrow = useMediaQuery(useTheme().breakpoints.down('xs'));
  return (
    <div className={classes.root}>
      <FilterField
        filter={filter}
        placeholder={
          isNarrow ? t('filter.placeholderShort') : t('filter.placeholder')
        }
      />
      <OutcomeChoices filter={filter} />
    </div>
  );
}
