import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { vmMigrationsTranslationRef, type Translate } from '../translations';

/** The plugin's texts in the language of the portal. */
export function useTranslate(): Translate {
  return useTranslationRef(vmMigrationsTranslationRef).t;
}
