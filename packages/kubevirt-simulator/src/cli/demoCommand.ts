import { Command } from 'commander';
import { DEMO_SEED, DemoScenario } from '../scenario';
import { announce } from './announce';
import { parseSeed } from './options';
import { addServingOptions, type ServingOptions } from './servingOptions';

interface DemoOptions extends ServingOptions {
  seed: number;
}

/** `demo`: the clusters of the demo, always moving, until the process is stopped. */
export function demoCommand(): Command {
  const command = new Command('demo')
    .description('Serve the five clusters of the demo until interrupted')
    .option('--seed <number>', 'gives the same machines', parseSeed, DEMO_SEED);
  return addServingOptions(command).action(
    async ({ kubeconfig, ...options }: DemoOptions) => {
      const scenario = await DemoScenario.start(options);
      await announce(scenario.served, kubeconfig, () => scenario.stop());
    },
  );
}
