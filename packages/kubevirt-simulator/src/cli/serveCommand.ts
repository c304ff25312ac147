import { Command } from 'commander';
import { bootstrapCluster } from '../apiserver';
import { RealClock } from '../clock';
import { SeededRandom } from '../random';
import { ServedClusters } from '../serving';
import { CORE_RESOURCES, KUBEVIRT_RESOURCES, ObjectStore } from '../store';
import { announce } from './announce';
import { parseNames, parsePort, parseSeed } from './options';

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
  const clock = new RealClock();
  const random = SeededRandom.create(options.seed);
  const stores = options.clusters.map(name => {
    const store = new ObjectStore({
      clock,
      random: random.fork(),
      resources: [...KUBEVIRT_RESOURCES, ...CORE_RESOURCES],
    });
    bootstrapCluster(store);
    return [name, store] as const;
  });
  const served = await ServedClusters.start({
    stores: new Map(stores),
    clock,
    port: options.port,
    controlPort: options.controlPort,
  });
  await announce(served, options.kubeconfig, () => served.stop());
}
