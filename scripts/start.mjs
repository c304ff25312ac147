// npm start [-- --kubeconfig FILE [--context NAME …]] [arguments of `repo start`]
//
// Starts the portal on a machine that has nothing but Node 20 or newer and
// npm: sees to Node and the installed packages, then starts frontend and
// backend. Run by yarn it is `backstage-cli repo start` and nothing else.

import path from 'node:path';
import { backstageCli } from './lib/backstageCli.mjs';
import { runInPlace, startGroup } from './lib/childProcess.mjs';
import { install } from './lib/install.mjs';
import { clustersOfKubeconfig } from './lib/kubeconfigClusters.mjs';
import { readPortalConfig } from './lib/portalConfig.mjs';
import { assertPortFree } from './lib/ports.mjs';
import { inRepository, isRunByYarn } from './lib/repository.mjs';
import { parseStartArguments } from './lib/startArguments.mjs';
import { formatDuration } from './lib/steps.mjs';
import {
  ensureSupportedNode,
  environmentWithNode,
} from './lib/supportedNode.mjs';
import { runMain } from './lib/UserError.mjs';
import { waitForHttp } from './lib/waitForHttp.mjs';

/** Configuration that replaces the demo by the clusters of a kubeconfig. */
async function kubeconfigEnvironment(
  { kubeconfig, contexts },
  { databaseFolder },
) {
  if (!kubeconfig) {
    return {};
  }
  const clusters = await clustersOfKubeconfig(kubeconfig, contexts);
  console.error(
    `  watching ${clusters.map(cluster => cluster.name).join(', ')}`,
  );
  return {
    APP_CONFIG_vmMigrations_demo_enabled: 'false',
    APP_CONFIG_vmMigrations_clusters: JSON.stringify(clusters),
    // What really happened is no neighbour for what was simulated.
    ...(databaseFolder && {
      APP_CONFIG_backend_database_connection_directory: path.join(
        databaseFolder,
        'own-clusters',
      ),
    }),
  };
}

async function assertPortsFree({ appPort, backendPort }) {
  await assertPortFree(appPort, {
    who: 'the portal',
    keys: 'app.baseUrl and backend.cors.origin',
  });
  await assertPortFree(backendPort, {
    who: 'the backend',
    keys: 'backend.listen.port and backend.baseUrl',
  });
}

// Several times what a start takes.
const PATIENCE_MS = 60_000;

async function announceWhenReady({ appUrl, backendPort }, signal) {
  const started = performance.now();
  const passed = () => formatDuration(performance.now() - started);
  const backend = `http://127.0.0.1:${backendPort}/.backstage/health/v1/readiness`;
  const hint = setTimeout(
    () =>
      console.error(
        `\n✖ Not ready after ${passed()}: the messages above say why. A change of the sources starts the backend again, a change of the configuration needs a new start.\n`,
      ),
    PATIENCE_MS,
  );
  await Promise.all([
    waitForHttp(backend, signal).then(ready => {
      if (ready) console.error(`  backend ready after ${passed()}`);
    }),
    waitForHttp(appUrl, signal).then(ready => {
      if (ready) console.error(`  frontend ready after ${passed()}`);
    }),
  ]);
  clearTimeout(hint);
  if (!signal.aborted) {
    console.error(`\n✔ The portal is at ${appUrl} (Ctrl-C stops it)\n`);
  }
}

async function runPortal(rest, environment, config) {
  console.error('▸ Start frontend and backend');
  const portal = startGroup(
    process.execPath,
    backstageCli('repo', 'start', ...rest),
    {
      cwd: inRepository(),
      stdio: ['ignore', 'inherit', 'inherit'],
      env: environment,
    },
  );
  const ended = new AbortController();
  const announced = announceWhenReady(config, ended.signal);
  const exitCode = await portal.exited;
  ended.abort();
  await announced;
  // It runs until it is stopped, and whoever stops it ends us as well.
  return exitCode || 1;
}

await runMain(async () => {
  const args = process.argv.slice(2);
  if (isRunByYarn()) {
    return await runInPlace(
      process.execPath,
      backstageCli('repo', 'start', ...args),
      { cwd: inRepository() },
    );
  }
  const parsed = parseStartArguments(args);
  await ensureSupportedNode(import.meta.url);
  await install();
  const config = await readPortalConfig(parsed.rest);
  const environment = {
    ...environmentWithNode(),
    ...(await kubeconfigEnvironment(parsed, config)),
  };
  await assertPortsFree(config);
  return await runPortal(parsed.rest, environment, config);
});
