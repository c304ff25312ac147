/**
 * The simulator from the command line, as `yarn simulate`. Each command is a function of
 * its own file that returns it; this file only puts them together.
 */
import { Command } from 'commander';
import { serveCommand } from './serveCommand';

async function main(): Promise<void> {
  await new Command('simulate')
    .description('Simulated KubeVirt clusters that speak the Kubernetes API')
    .addCommand(serveCommand())
    .parseAsync();
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});
