import { makeStyles } from '@material-ui/core/styles';
import type { RouteLine } from '../logic/route';
import { useTranslate } from '../shared/useTranslate';
import { visuallyHidden } from '../shared/visuallyHidden';

const useStyles = makeStyles({
  // A line breaks before its arrow rather than within a name.
  part: { display: 'inline-block', overflowWrap: 'anywhere' },
  hidden: visuallyHidden,
});

/** `from → to`, read aloud as words. */
export function RouteText(props: { line: RouteLine; prefix?: string }) {
  const { line, prefix } = props;
  const classes = useStyles();
  const t = useTranslate();
  return (
    <>
      <span className={classes.part}>
        {prefix !== undefined && `${prefix}: `}
        {line.from}
      </span>
      {line.to !== undefined && (
        <>
          {' '}
          <span className={classes.part}>
            <span aria-hidden="true">→ </span>
            <span className={classes.hidden}>{t('place.to')} </span>
            {line.to}
          </span>
        </>
      )}
    </>
  );
}
