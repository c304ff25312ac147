import {
  ApiBlueprint,
  coreApis,
  createFrontendPlugin,
  PageBlueprint,
  PluginHeaderActionBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { VmMigrationsClient } from 'backstage-plugin-vm-migrations-common';
import { vmMigrationsApiRef } from './api';
import { LiveMigrations, liveMigrationsApiRef } from './live';
import { migrationsRouteRef, rootRouteRef } from './routes';
import { MigrationIcon } from './shared/MigrationIcon';
import { vmMigrationsTranslationRef } from './translations';

/*
 * How the plugin hangs in the new frontend system: one page with a tab per subject, its
 * live state in the header, and the two APIs that all of it shares.
 */

const vmMigrationsApi = ApiBlueprint.make({
  name: 'client',
  params: defineParams =>
    defineParams({
      api: vmMigrationsApiRef,
      deps: { discoveryApi: coreApis.discovery, fetchApi: coreApis.fetch },
      factory: deps => new VmMigrationsClient(deps),
    }),
});

const liveMigrationsApi = ApiBlueprint.make({
  name: 'live',
  params: defineParams =>
    defineParams({
      api: liveMigrationsApiRef,
      deps: { api: vmMigrationsApiRef },
      factory: deps => LiveMigrations.create(deps),
    }),
});

const vmMigrationsPage = PageBlueprint.make({
  params: {
    path: '/vm-migrations',
    title: vmMigrationsTranslationRef('page.title'),
    icon: <MigrationIcon />,
    routeRef: rootRouteRef,
  },
});

const migrationsSubPage = SubPageBlueprint.make({
  name: 'migrations',
  params: {
    path: 'migrations',
    title: vmMigrationsTranslationRef('page.migrations'),
    routeRef: migrationsRouteRef,
    loader: () =>
      import('./migrations').then(({ MigrationsPage }) => <MigrationsPage />),
  },
});

const liveStatusAction = PluginHeaderActionBlueprint.make({
  name: 'live-status',
  params: {
    loader: () =>
      import('./shared/LiveStatusAction').then(({ LiveStatusAction }) => (
        <LiveStatusAction />
      )),
  },
});

/**
 * VM migrations in the developer portal.
 *
 * @public
 */
export const vmMigrationsPlugin = createFrontendPlugin({
  pluginId: 'vm-migrations',
  title: 'VM migrations',
  icon: <MigrationIcon />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, migrations: migrationsRouteRef },
  extensions: [
    vmMigrationsApi,
    liveMigrationsApi,
    vmMigrationsPage,
    migrationsSubPage,
    liveStatusAction,
  ],
});
