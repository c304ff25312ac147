import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../ports.mjs';
import { fetchNode } from '../supportedNode.mjs';
import { formatDuration } from '../steps.mjs';
import { waitForHttp } from '../waitForHttp.mjs';
import {
  installProductionPortal,
  startProductionPortal,
} from './productionPortal.mjs';
import { failed, passed, sum } from './verdicts.mjs';

/*
 * The built portal, started as in production on each supported Node, has to
 * become ready, record its demo, answer, refuse who has no token, and stop in order although a
 * client follows the changes.
 */

const NODES = ['24.21.0', '22.23.3'];
const READY_WITHIN_MS = 90_000;
const RECORDS_WITHIN_MS = 20_000;
const STOPS_WITHIN_MS = 10_000;
const PAUSE_MS = 250;

function smokeConfig({ folder, port, token }) {
  const url = `http://127.0.0.1:${port}`;
  return {
    app: { baseUrl: url },
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port },
      database: {
        client: 'better-sqlite3',
        connection: { directory: path.join(folder, `data-${port}`) },
      },
      auth: {
        externalAccess: [
          { type: 'static', options: { token, subject: 'smoke-test' } },
        ],
      },
    },
    events: { useEventBus: 'never' },
    vmMigrations: { demo: { enabled: true } },
  };
}

function check(condition, message) {
  if (!condition) {
    throw new Error(message);
  }
}

/** Waits until the demo's machines are in the record, from clusters to REST. */
async function checkRecording(api, headers) {
  const until = performance.now() + RECORDS_WITHIN_MS;
  for (;;) {
    const response = await fetch(api, { headers });
    const text = await response.text();
    check(
      response.status === 200,
      `GET ${api} answers ${response.status}: ${text}`,
    );
    const status = JSON.parse(text);
    if (status.demo && status.virtualMachines.total > 0) {
      return;
    }
    check(
      performance.now() < until,
      `No demo in the record after ${formatDuration(
        RECORDS_WITHIN_MS,
      )}: ${JSON.stringify(status)}`,
    );
    await sleep(PAUSE_MS);
  }
}

async function checkAnswers(url, token) {
  const api = `${url}/api/vm-migrations/v1/status`;
  await checkRecording(api, { Authorization: `Bearer ${token}` });
  const without = await fetch(api);
  check(
    without.status === 401,
    `GET ${api} without a token answers ${without.status} and not 401`,
  );
  const page = await fetch(`${url}/vm-migrations`);
  const html = await page.text();
  check(
    page.status === 200 && html.includes('<div id="root">'),
    `GET ${url}/vm-migrations answers ${page.status} without the app's page`,
  );
}

/** Opens the stream of changes; `streamEnded` resolves when the server ends it. */
async function followChanges(url, token) {
  const response = await fetch(`${url}/api/vm-migrations/v1/events`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  check(
    response.status === 200,
    `GET /events answers ${response.status}: not a stream of changes`,
  );
  return { streamEnded: response.text() };
}

async function smokeRun(folder, node, log) {
  const port = await freePort();
  const token = randomUUID();
  const configFile = `smoke-${port}.yaml`;
  await fs.writeFile(
    path.join(folder, configFile),
    JSON.stringify(smokeConfig({ folder, port, token })),
  );
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const portal = startProductionPortal(folder, node, configFile, log);
  try {
    const ready = await Promise.race([
      waitForHttp(
        `${url}/.backstage/health/v1/readiness`,
        AbortSignal.timeout(READY_WITHIN_MS),
      ),
      portal.exited.then(code => {
        throw new Error(`The portal ended with exit code ${code}.`);
      }),
    ]);
    check(ready, `Not ready within ${formatDuration(READY_WITHIN_MS)}.`);
    log.append(`ready after ${formatDuration(performance.now() - started)}\n`);
    await checkAnswers(url, token);
    const { streamEnded } = await followChanges(url, token);
    const asked = performance.now();
    portal.child.kill('SIGTERM');
    const exitCode = await Promise.race([
      portal.exited,
      new Promise(resolve => {
        setTimeout(resolve, STOPS_WITHIN_MS, undefined).unref();
      }),
    ]);
    check(
      exitCode === 0,
      exitCode === undefined
        ? `Still running ${formatDuration(STOPS_WITHIN_MS)} after SIGTERM.`
        : `Exit code ${exitCode} after SIGTERM.`,
    );
    await streamEnded;
    log.append(`stopped after ${formatDuration(performance.now() - asked)}\n`);
  } finally {
    await portal.stop();
  }
}

export const smoke = {
  name: 'smoke',
  needs: ['build'],
  after: ['build'],
  async run({ log }) {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'portal-'));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    // Also when the run is stopped: it is 700 MB.
    process.once('exit', remove);
    try {
      await installProductionPortal(folder, log);
      const verdicts = [];
      for (const version of NODES) {
        log.append(`\nNode ${version}\n`);
        try {
          await smokeRun(folder, await fetchNode(version), log);
          verdicts.push(passed());
        } catch (error) {
          log.append(`${error.stack}\n`);
          verdicts.push(failed());
        }
      }
      return sum(verdicts);
    } finally {
      remove();
      process.off('exit', remove);
    }
  },
};
