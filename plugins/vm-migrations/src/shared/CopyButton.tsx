import CheckIcon from '@material-ui/icons/Check';
import CopyIcon from '@material-ui/icons/FileCopyOutlined';
import { useEffect, useState, type ReactNode } from 'react';
import useCopyToClipboard from 'react-use/esm/useCopyToClipboard';
import { ActionButton } from './ActionButton';
import { useTranslate } from './useTranslate';

const CONFIRM_MS = 2_000;

/** Copies a text, and says for a moment that it has. */
export function CopyButton(props: { text: string; children: ReactNode }) {
  const { text, children } = props;
  const t = useTranslate();
  const [state, copy] = useCopyToClipboard();
  const [told, setTold] = useState(true);
  useEffect(() => {
    if (told) {
      return undefined;
    }
    const timer = setTimeout(() => setTold(true), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [told]);
  const isCopied = !told && !state.error;
  return (
    <ActionButton
      startIcon={isCopied ? <CheckIcon /> : <CopyIcon />}
      onClick={() => {
        copy(text);
        setTold(false);
      }}
    >
      <span aria-live="polite">{told ? children : t(answer(state.error))}</span>
    </ActionButton>
  );
}

function answer(
  error: Error | undefined,
): 'details.copied' | 'details.copyFailed' {
  return error ? 'details.copyFailed' : 'details.copied';
}
