import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The page of the plugin. */
export const rootRouteRef = createRouteRef();

/** Its tab with all migrations. */
export const migrationsRouteRef = createRouteRef();
