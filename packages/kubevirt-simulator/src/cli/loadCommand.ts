import { Command, InvalidArgumentError } from 'commander';
import { LoadScenario } from '../scenario';
import { announce } from './announce';
import { parseSeed } from './options';
import { addServingOptions, type ServingOptions } from './servingOptions';

interface LoadOptions extends ServingOptions {
  clusters: number;
  machines: number;
  rate: number;
  seed: number;
}

const REPORT_MS = 10_000;

/** `load`: as many clusters, machines and events as are asked for, until stopped. */
export function loadCommand(): Command {
  const command = new Command('load')
    .description('Serve clusters under load until interrupted')
    .option('--clusters <number>', 'how many clusters', parseCount, 1)
    .option(
      '--machines <number>',
      'how many in each cluster',
      parseCount,
      1_000,
    )
    .option(
      '--rate <number>',
      'events per second of all clusters together',
      parseCount,
      100,
    )
    .option('--seed <number>', 'makes the run repeatable', parseSeed, 1);
  return addServingOptions(command).action(load);
}

export function parseCount(value: string): number {
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1) {
    throw new InvalidArgumentError('A whole number of at least 1 is wanted.');
  }
  return count;
}

async function load(options: LoadOptions): Promise<void> {
  const { clusters, machines, rate, kubeconfig, ...rest } = options;
  const scenario = await LoadScenario.start({
    clusters,
    machinesPerCluster: machines,
    eventsPerSecond: rate,
    ...rest,
  });
  let before = scenario.statistics;
  const report = setInterval(() => {
    const { events, moves } = scenario.statistics;
    const perSecond = ((events - before.events) * 1_000) / REPORT_MS;
    process.stderr.write(`${perSecond} events per second, ${moves} moves\n`);
    before = { events, moves };
  }, REPORT_MS);
  await announce(scenario.served, kubeconfig, () => {
    clearInterval(report);
    return scenario.stop();
  });
}
