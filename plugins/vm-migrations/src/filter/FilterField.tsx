import IconButton from '@material-ui/core/IconButton';
import InputAdornment from '@material-ui/core/InputAdornment';
import OutlinedInput from '@material-ui/core/OutlinedInput';
import { makeStyles } from '@material-ui/core/styles';
import ClearIcon from '@material-ui/icons/Clear';
import SearchIcon from '@material-ui/icons/Search';
import type { FilterSyntaxError } from 'backstage-plugin-vm-migrations-common';
import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import { paletteOf } from '../shared/palette';
import { useTranslate } from '../shared/useTranslate';
import { FilterHelp } from './FilterHelp';
import { readFilter, type Filter } from './useFilter';

/** What is typed is applied after this long, and at once on Enter. */
const SETTLE_MS = 300;

const useStyles = makeStyles(theme => {
  const palette = paletteOf(theme);
  return {
    root: { minWidth: 0 },
    input: {
      width: '100%',
      height: 40,
      paddingRight: 4,
      fontSize: 14,
      backgroundColor: theme.palette.background.paper,
      '& fieldset': { borderColor: palette.controlBorder },
      '& input': { padding: '0 4px', height: 40 },
      '& input::placeholder': { color: palette.textSecondary, opacity: 1 },
    },
    icon: { color: palette.textSecondary },
    error: {
      margin: '4px 0 0',
      fontSize: 12,
      lineHeight: '16px',
      color: palette.failed,
      overflowWrap: 'anywhere',
      '&:empty': { margin: 0 },
    },
  };
});

/**
 * The filter as text. It is judged when typing rests: what can be read goes into the
 * address, what cannot is explained below the field and changes nothing.
 */
export function FilterField(props: { filter: Filter; placeholder: string }) {
  const { filter, placeholder } = props;
  const { text, apply } = filter;
  const classes = useStyles();
  const t = useTranslate();
  const errorId = useId();
  const input = useRef<HTMLInputElement>(null);
  const isTyping = useRef(false);
  const [draft, setDraft] = useState(text);
  const [address, setAddress] = useState(text);
  const [mistake, setMistake] = useState<FilterSyntaxError>();

  if (address !== text) {
    setAddress(text);
    setMistake(undefined);
    if (draft.trim() !== text) {
      setDraft(text);
    }
  }
  const error = draft.trim() === text ? filter.error : mistake;

  const settle = () => {
    const { error: found } = readFilter(draft);
    setMistake(found);
    if (!found) {
      apply(draft, { replace: isTyping.current });
      isTyping.current = true;
    }
    return found;
  };

  const settleLater = useRef(settle);
  settleLater.current = settle;
  useEffect(() => {
    if (draft.trim() === text) {
      return undefined;
    }
    const timer = setTimeout(() => settleLater.current(), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [draft, text]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = settle() ?? filter.error;
    isTyping.current = false;
    if (found) {
      input.current?.setSelectionRange(found.position, draft.length);
    }
  };

  const clear = () => {
    setDraft('');
    setMistake(undefined);
    apply('');
    input.current?.focus();
  };

  return (
    <form className={classes.root} role="search" onSubmit={submit}>
      <OutlinedInput
        className={classes.input}
        inputRef={input}
        value={draft}
        placeholder={placeholder}
        error={error !== undefined}
        onChange={event => setDraft(event.target.value)}
        onBlur={() => {
          isTyping.current = false;
        }}
        inputProps={{
          'aria-label': t('filter.label'),
          'aria-describedby': errorId,
          autoComplete: 'off',
          autoCapitalize: 'off',
          spellCheck: false,
          enterKeyHint: 'search',
        }}
        startAdornment={
          <InputAdornment position="start">
            <SearchIcon className={classes.icon} fontSize="small" />
          </InputAdornment>
        }
        endAdornment={
          <InputAdornment position="end">
            {draft !== '' && (
              <IconButton
                size="small"
                aria-label={t('filter.clear')}
                onClick={clear}
              >
                <ClearIcon fontSize="small" />
              </IconButton>
            )}
            <FilterHelp />
          </InputAdornment>
        }
      />
      <p id={errorId} className={classes.error} aria-live="polite">
        {error?.message}
      </p>
    </form>
  );
}
