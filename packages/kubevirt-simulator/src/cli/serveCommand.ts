import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { RealClock } from '../clock';
import { parseNames, parsePort, parseSeed } from './options';
import { ServedClusters } from './ServedClusters';

interface ServeOptions {
  clusters: string[];
  port: number;
  controlPort: number;
  kubeconfig?: string;
  seed: number;
}

/** `serve`: empty clusters, until the process is stopped. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('Serve clusters until interrupted, for kubectl and portals')
    .requiredOption(
      '--clusters <names>',
      'names, separated by commas',
      parseNames,
    )
    .option(
      '--port <number>',
      'port of the first cluster, the others follow; 0: free ones',
      parsePort,
      0,
    )
    .option(
      '--control-port <number>',
      'port where faults are switched; 0: a free one',
      parsePort,
      0,
    )
    .option(
      '--kubeconfig <file>',
      'where to write the kubeconfig; a temporary file when absent',
    )
    .option('--seed <number>', 'makes uids and names repeatable', parseSeed, 1)
    .action(serve);
}

async function serve(options: ServeOptions): Promise<void> {
  const served = await ServedClusters.start({
    names: options.clusters,
    clock: new RealClock(),
    seed: options.seed,
    port: options.port,
    controlPort: options.controlPort,
  });
  const file = options.kubeconfig
    ? resolve(options.kubeconfig)
    : join(await mkdtemp(join(tmpdir(), 'kubevirt-simulator-')), 'kubeconfig');
  await writeFile(
    file,
    `${JSON.stringify(served.kubeconfig(), undefined, 2)}\n`,
  );

  const lines = [
    ...served.clusters.map(({ name, server }) => `${name}: ${server.url}`),
    `faults: ${served.faultsUrl}`,
    `export KUBECONFIG=${file}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      served.stop().catch((error: unknown) => {
        process.stderr.write(`Could not stop in order: ${String(error)}\n`);
        process.exitCode = 1;
      });
    });
  }
}
