/*
 * yarn play FILE… [--restart-after N …] [--shuffle SEED] [--verbose]
 *
 * Serves recorded or composed watch events as clusters over HTTP, lets the real backend
 * watch them, and prints the records as `GET /migrations/:id` answers them: one JSON array
 * on standard output and nothing else.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { readSequence } from 'kubevirt-simulator';
import type { Migration } from 'backstage-plugin-vm-migrations-common';
import { BackendProcess } from '../backendProcess/BackendProcess';
import { PlayedClusters } from './PlayedClusters';
import { watchLags } from './watchLags';

/** Until what watchers were told is in the record, at most. */
const RECORDED_TIMEOUT_MS = 5_000;

/** From the start of the backend until it watches everything, at most. */
const WATCHING_TIMEOUT_MS = 30_000;

interface Options {
  restartAfter: number[];
  shuffle?: number;
  verbose: boolean;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new InvalidArgumentError('It must be a whole number.');
  }
  return Number(text);
}

async function play(files: string[], options: Options): Promise<Migration[]> {
  const read = await Promise.all(
    files.map(async file =>
      readSequence(await readFile(file, 'utf8'), basename(file)),
    ),
  );
  const events = read.flat();
  const lags =
    options.shuffle === undefined
      ? undefined
      : watchLags(events, options.shuffle);

  const clusters = await PlayedClusters.start(
    events.map(event => event.cluster),
  );
  const backend = await BackendProcess.create({
    vmMigrations: { clusters: clusters.configuration() },
    onLog: options.verbose ? text => process.stderr.write(text) : undefined,
  });
  try {
    const start = async () => {
      const begunAt = new Date();
      await backend.start();
      await backend.waitForClusters(
        items => clusters.areWatched(items, begunAt),
        WATCHING_TIMEOUT_MS,
      );
    };
    const restartIfDue = async (count: number) => {
      if (options.restartAfter.includes(count)) {
        await backend.kill('SIGKILL');
        clusters.releaseAll();
        await start();
      }
    };
    const recorded = async () => {
      clusters.sendBookmarks();
      await backend.waitForClusters(
        items => clusters.areRecorded(items),
        RECORDED_TIMEOUT_MS,
      );
    };
    await start();
    for (const [index, event] of events.entries()) {
      await restartIfDue(index);
      for (const { watch, ends } of lags?.get(index) ?? []) {
        if (ends) {
          // What was told meanwhile has overtaken what was held back only when it is recorded.
          await recorded();
          clusters.release(watch);
        } else {
          clusters.hold(watch);
        }
      }
      clusters.emit(event);
    }
    await restartIfDue(events.length);
    await recorded();
    clusters.releaseAll();
    await recorded();
    return await readRecords(backend);
  } finally {
    await backend.remove();
    await clusters.stop();
  }
}

async function readRecords(backend: BackendProcess): Promise<Migration[]> {
  const { client } = backend;
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listMigrations({
      order: { field: 'created', direction: 'asc' },
      limit: 1_000,
      cursor,
    });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.pageInfo.nextCursor;
  } while (cursor);
  const records: Migration[] = [];
  for (const id of ids) {
    records.push(await client.getMigration(id));
  }
  return records;
}

async function main() {
  const program = new Command('play')
    .description(
      'Plays files of watch events against the real backend and prints the records',
    )
    .argument('<file...>', 'YAML documents or NDJSON lines')
    .option(
      '--restart-after <events>',
      'kill the backend (SIGKILL) after so many events and start it again; repeatable',
      (text, previous: number[]) => [...previous, wholeNumber(text)],
      [],
    )
    .option(
      '--shuffle <seed>',
      'let watches lag behind others by turns; the order within each is kept',
      wholeNumber,
    )
    .option(
      '--verbose',
      'print what the backend logs to standard error',
      false,
    );
  program.parse();
  const records = await play(program.args, program.opts<Options>());
  process.stdout.write(`${JSON.stringify(records, undefined, 2)}\n`);
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
