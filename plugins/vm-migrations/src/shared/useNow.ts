import { useSyncExternalStore } from 'react';
import type { EpochMs } from '../logic/units';
import { Ticker } from './Ticker';

const tickers = {
  second: new Ticker(1_000),
  halfMinute: new Ticker(30_000),
};

/** The time of now, new every second or every half minute. */
export function useNow(step: keyof typeof tickers): EpochMs {
  const { subscribe, getNow } = tickers[step];
  return useSyncExternalStore(subscribe, getNow);
}
