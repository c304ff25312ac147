import type { Command } from 'commander';
import { parsePort } from './options';

/** Where the clusters of a command are served. */
export interface ServingOptions {
  port: number;
  controlPort: number;
  kubeconfig?: string;
}

export function addServingOptions(command: Command): Command {
  return command
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
    );
}
