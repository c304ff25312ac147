import { createRequire } from 'node:module';
import { inRepository } from './repository.mjs';

// Resolved from the backend, where Backstage's packages are a dependency, and
// only when called: before the install there is nothing to resolve.
const requireFromBackend = createRequire(
  inRepository('packages/backend/package.json'),
);

/**
 * The addresses of the portal by the configuration that Backstage itself
 * reads: the files given with `--config` or app-config.yaml and
 * app-config.local.yaml, then APP_CONFIG_* variables.
 */
export async function readPortalAddresses(configArgs) {
  const { ConfigSources } = requireFromBackend('@backstage/config-loader');
  const config = await ConfigSources.toConfig(
    ConfigSources.default({ argv: configArgs, rootDir: inRepository() }),
  );
  config.close();
  const appUrl = new URL(config.getString('app.baseUrl'));
  const listen = config.get('backend.listen');
  const backendPort =
    typeof listen === 'string'
      ? Number(listen.split(':').pop())
      : Number(listen.port);
  return {
    appUrl: appUrl.href,
    appPort: Number(appUrl.port || (appUrl.protocol === 'https:' ? 443 : 80)),
    backendPort,
  };
}
