import { relativeTime } from '../logic/time';
import type { IsoTime } from '../logic/units';
import { useNow } from './useNow';
import { useTimeFormats } from './useTimeFormats';
import { useTranslate } from './useTranslate';

const A_MINUTE = 60_000;

/**
 * A point in time: how long ago, then the date; in full with zone on hover and for
 * programs in `datetime`.
 */
export function Time(props: { at: IsoTime }) {
  const at = Date.parse(props.at);
  return Date.now() - at < A_MINUTE ? (
    <FreshTime {...props} />
  ) : (
    <OlderTime {...props} />
  );
}

function FreshTime({ at }: { at: IsoTime }) {
  return <TimeText at={at} now={useNow('second')} />;
}

function OlderTime({ at }: { at: IsoTime }) {
  return <TimeText at={at} now={useNow('halfMinute')} />;
}

function TimeText(props: { at: IsoTime; now: number }) {
  const t = useTranslate();
  const formats = useTimeFormats();
  const at = Date.parse(props.at);
  return (
    <time dateTime={props.at} title={formats.absolute(at)}>
      {relativeTime(at, props.now, t, formats)}
    </time>
  );
}

/** The time of day of a point in time; in full with zone on hover. */
export function ClockTime(props: { at: IsoTime }) {
  const formats = useTimeFormats();
  const at = Date.parse(props.at);
  return (
    <time dateTime={props.at} title={formats.absolute(at)}>
      {formats.clock(at)}
    </time>
  );
}

/** A point in time in full, with zone. */
export function AbsoluteTime(props: { at: IsoTime }) {
  const formats = useTimeFormats();
  return (
    <time dateTime={props.at}>{formats.absolute(Date.parse(props.at))}</time>
  );
}
