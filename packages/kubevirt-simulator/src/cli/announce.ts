import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ServedClusters } from '../serving';

/**
 * Tells on standard output where the clusters are, writes the kubeconfig (to a temporary
 * file when none is named), and has everything stopped on the first signal to end.
 */
export async function announce(
  served: ServedClusters,
  kubeconfig: string | undefined,
  stop: () => Promise<void>,
): Promise<void> {
  const file = kubeconfig
    ? resolve(kubeconfig)
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
      stop().catch((error: unknown) => {
        process.stderr.write(`Could not stop in order: ${String(error)}\n`);
        process.exitCode = 1;
      });
    });
  }
}
