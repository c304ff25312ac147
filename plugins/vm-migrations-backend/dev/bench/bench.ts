/*
 * yarn bench ingest|latency|sync: see README.md beside this file.
 */
import { Command, InvalidArgumentError } from 'commander';
import {
  postgresDatabase,
  sqliteDatabase,
  type BenchDatabase,
} from './BenchDatabase';
import { benchIngest } from './ingest';
import { benchLatency } from './latency';
import { machine } from './machine';
import { benchSync } from './sync';

function positiveNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value <= 0) {
    throw new InvalidArgumentError('It must be a whole number above 0.');
  }
  return value;
}

interface DatabaseOptions {
  database: 'sqlite' | 'postgres' | 'both';
  postgres?: string;
}

async function onDatabases<Result>(
  options: DatabaseOptions,
  measure: (database: BenchDatabase) => Promise<Result>,
): Promise<void> {
  const open = [
    ...(options.database === 'postgres' ? [] : [sqliteDatabase]),
    ...(options.database === 'sqlite'
      ? []
      : [() => postgresDatabase(options.postgres)]),
  ];
  for (const create of open) {
    const database = await create();
    try {
      print(await measure(database));
    } finally {
      await database.remove();
    }
  }
}

function print(result: unknown): void {
  process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
}

const program = new Command('bench').description(
  'Measures the backend; prints figures as JSON',
);

function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--database <name>', 'sqlite, postgres or both', 'both')
    .option('--postgres <url>', 'an administrator of a running PostgreSQL');
}

command('ingest', 'events per second from stream to commit')
  .option('--moves <count>', 'ten events each', positiveNumber, 20_000)
  .action(async (options: DatabaseOptions & { moves: number }) => {
    await onDatabases(options, database =>
      benchIngest(database, options.moves),
    );
  });

command('latency', 'a lone event, from the API server to the REST API')
  .option('--samples <count>', 'events to measure', positiveNumber, 500)
  .action(async (options: DatabaseOptions & { samples: number }) => {
    await onDatabases(options, database =>
      benchLatency(database, options.samples),
    );
  });

command('sync', 'first sync of 50 clusters with 100,000 instances').action(
  async (options: DatabaseOptions) => {
    await onDatabases(options, benchSync);
  },
);

async function main() {
  process.stderr.write(`${machine()}\n`);
  await program.parseAsync();
  process.exit();
}

main().catch(error => {
  process.stderr.write(
    `${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
