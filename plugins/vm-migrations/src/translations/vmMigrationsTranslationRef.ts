import {
  createTranslationRef,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { englishMessages } from './englishMessages';

/**
 * All texts of the plugin. Apps override or translate them by this reference.
 *
 * @public
 */
export const vmMigrationsTranslationRef = createTranslationRef({
  id: 'plugin.vm-migrations',
  messages: englishMessages,
});

/** Looks up a text of the plugin; pure code takes it as an argument. */
export type Translate = TranslationFunction<
  (typeof vmMigrationsTranslationRef)['T']
>;
