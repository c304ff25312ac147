import { inRepository } from './repository.mjs';
import { UserError } from './UserError.mjs';

const BACKSTAGE_BACKEND_PORT = 7007;

async function readConfig(configArgs) {
  // Only here: before the install there is nothing to import.
  const { ConfigSources } = await import('@backstage/config-loader');
  try {
    const config = await ConfigSources.toConfig(
      ConfigSources.default({ argv: configArgs, rootDir: inRepository() }),
    );
    config.close();
    return config;
  } catch (error) {
    throw new UserError(`The configuration cannot be read: ${error.message}`);
  }
}

function portOfListen(listen) {
  const port =
    typeof listen === 'string' ? listen.split(':').pop() : listen?.port;
  return Number(port ?? BACKSTAGE_BACKEND_PORT);
}

/**
 * What a start needs to know of the configuration that Backstage itself reads:
 * the files given with `--config` or app-config.yaml and app-config.local.yaml,
 * then APP_CONFIG_* variables.
 *
 * @returns where the portal is, the two ports that have to be free, and the
 *   folder of SQLite's files, undefined with another database
 */
export async function readPortalConfig(configArgs) {
  const config = await readConfig(configArgs);
  const appUrl = new URL(config.getString('app.baseUrl'));
  const connection = config.getOptional('backend.database.connection');
  return {
    appUrl: appUrl.href,
    appPort: Number(appUrl.port || (appUrl.protocol === 'https:' ? 443 : 80)),
    backendPort: portOfListen(config.getOptional('backend.listen')),
    databaseFolder: connection?.directory,
  };
}
