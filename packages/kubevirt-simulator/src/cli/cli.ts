/**
 * The simulator from the command line, as `yarn simulate`. Each command is a function of
 * its own file that returns it; this file only puts them together.
 */
import { Command } from 'commander';
import { catalogCommand } from './catalogCommand';
import { demoCommand } from './demoCommand';
import { loadCommand } from './loadCommand';
import { serveCommand } from './serveCommand';

async function main(): Promise<void> {
  await new Command('simulate')
    .description('Simulated KubeVirt clusters that speak the Kubernetes API')
    .addCommand(serveCommand())
    .addCommand(demoCommand())
    .addCommand(loadCommand())
    .addCommand(catalogCommand())
    .parseAsync();
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});
