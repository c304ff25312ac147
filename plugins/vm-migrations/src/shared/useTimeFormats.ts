import { coreApis, useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useSyncExternalStore } from 'react';
import { timeFormats, type TimeFormats } from '../logic/time';

/** How times are written in the language of the portal. */
export function useTimeFormats(): TimeFormats {
  const languageApi = useApi(coreApis.appLanguage);
  const subscribe = useCallback(
    (listener: () => void) => {
      const subscription = languageApi.language$().subscribe(listener);
      return () => subscription.unsubscribe();
    },
    [languageApi],
  );
  const language = useSyncExternalStore(
    subscribe,
    () => languageApi.getLanguage().language,
  );
  return timeFormats(language);
}
