import { availableParallelism, cpus, totalmem } from 'node:os';

/** On what the figures were measured, in one line. */
export function machine(): string {
  const [{ model }] = cpus();
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} × ${model.trim()}, ${gibibytes} GiB, Node ${
    process.version
  }, ${process.platform}`;
}
