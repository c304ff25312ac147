import { Command } from 'commander';
import { bootstrapCluster } from '../apiserver';
import { RealClock } from '../clock';
import { SeededRandom } from '../random';
import { ServedClusters } from '../serving';
import { CORE_RESOURCES, KUBEVIRT_RESOURCES, ObjectStore } from '../store';
import { announce } from './announce';
import { parseNames, parseSeed } from './options';
import { addServingOptions, type ServingOptions } from './servingOptions';

interface ServeOptions extends ServingOptions {
  clusters: string[];
  seed: number;
}

/** `serve`: empty clusters, until the process is stopped. */
export function serveCommand(): Command {
  const command = new Command('serve')
    .description('Serve clusters until interrupted, for kubectl and portals')
    .requiredOption(
      '--clusters <names>',
      'names, separated by commas',
      parseNames,
    )
    .option('--seed <number>', 'makes uids and names repeatable', parseSeed, 1);
  return addServingOptions(command).action(serve);
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
