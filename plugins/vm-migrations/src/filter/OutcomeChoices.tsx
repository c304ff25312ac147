import NativeSelect from '@material-ui/core/NativeSelect';
import OutlinedInput from '@material-ui/core/OutlinedInput';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { paletteOf } from '../shared/palette';
import { useTranslate } from '../shared/useTranslate';
import {
  chooseOutcome,
  outcomeChoiceOf,
  OUTCOME_CHOICE_NAMES,
  type OutcomeChoice,
} from './outcomeChoices';
import type { Filter } from './useFilter';

const useStyles = makeStyles(theme => {
  const palette = paletteOf(theme);
  return {
    group: {
      display: 'flex',
      alignSelf: 'flex-start',
      flexWrap: 'wrap',
      borderRadius: 4,
      border: `1px solid ${palette.controlBorder}`,
      backgroundColor: theme.palette.background.paper,
      overflow: 'hidden',
    },
    choice: {
      height: 30,
      padding: '0 10px',
      border: 0,
      borderLeft: `1px solid ${palette.controlBorder}`,
      background: 'none',
      color: palette.textSecondary,
      font: 'inherit',
      fontSize: 12,
      lineHeight: '16px',
      cursor: 'pointer',
      '&:first-child': { borderLeft: 0 },
      '&:hover': { backgroundColor: palette.openRow },
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: -3,
      },
      '&[aria-pressed="true"]': {
        backgroundColor: theme.palette.primary.main,
        color: theme.palette.primary.contrastText,
        fontWeight: 700,
        '&:focus-visible': { outlineColor: theme.palette.primary.contrastText },
      },
    },
    select: {
      width: '100%',
      height: 32,
      backgroundColor: theme.palette.background.paper,
      fontSize: 12,
      '& fieldset': { borderColor: palette.controlBorder },
      '& select': { padding: '0 28px 0 10px', height: 32 },
    },
  };
});

/** Outcomes at one touch: buttons beside each other, on narrow screens one list. */
export function OutcomeChoices({ filter }: { filter: Filter }) {
  const classes = useStyles();
  const t = useTranslate();
  const isNarrow = useMediaQuery(useTheme().breakpoints.down('xs'));
  const chosen = filter.error ? undefined : outcomeChoiceOf(filter.expression);

  const choose = (choice: OutcomeChoice) => {
    const text = filter.error ? '' : filter.text;
    filter.apply(chooseOutcome(text, choice, new Date()));
  };

  if (isNarrow) {
    return (
      <NativeSelect
        className={classes.select}
        value={chosen ?? ''}
        input={<OutlinedInput />}
        inputProps={{ 'aria-label': t('filter.outcomeChoices') }}
        onChange={event => {
          const choice = OUTCOME_CHOICE_NAMES.find(
            name => name === event.target.value,
          );
          if (choice) {
            choose(choice);
          }
        }}
      >
        {chosen === undefined && <option value="">{t('filter.other')}</option>}
        {OUTCOME_CHOICE_NAMES.map(name => (
          <option key={name} value={name}>
            {t(`filter.${name}`)}
          </option>
        ))}
      </NativeSelect>
    );
  }
  return (
    <div
      className={classes.group}
      role="group"
      aria-label={t('filter.outcomeChoices')}
    >
      {OUTCOME_CHOICE_NAMES.map(name => (
        <button
          key={name}
          type="button"
          className={classes.choice}
          aria-pressed={name === chosen}
          onClick={() => choose(name)}
        >
          {t(`filter.${name}`)}
        </button>
      ))}
    </div>
  );
}
