export { readSettings } from './readSettings';
export type { ReadSettingsOptions } from './readSettings';
export { validateSites } from './validateSites';
export type {
  ClusterAccess,
  ClusterCredentials,
  ClusterSettings,
  Settings,
} from './types';
