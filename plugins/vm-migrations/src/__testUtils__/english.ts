import { mockApis } from '@backstage/frontend-test-utils';
import { timeFormats } from '../logic/time';
import { vmMigrationsTranslationRef, type Translate } from '../translations';

/** Looks up the English texts. */
export const english: Translate = mockApis
  .translation()
  .getTranslation(vmMigrationsTranslationRef).t;

/** Writes times the English way, in the zone of the tests. */
export const englishTimes = timeFormats('en');
