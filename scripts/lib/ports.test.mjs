import assert from 'node:assert/strict';
import net from 'node:net';
import { describe, it } from 'node:test';
import { assertPortFree, freePort } from './ports.mjs';

const USE = { who: 'the portal', keys: 'app.baseUrl' };

async function listening(host, use) {
  const server = net.createServer();
  await new Promise(resolve => {
    server.listen(0, host, resolve);
  });
  try {
    await use(server.address().port);
  } finally {
    server.close();
  }
}

describe('assertPortFree', () => {
  it('is content with a free port', async () => {
    await assertPortFree(await freePort(), USE);
  });

  for (const host of ['127.0.0.1', '0.0.0.0']) {
    it(`says who listens on ${host} and what to do`, async () => {
      await listening(host, port =>
        assert.rejects(assertPortFree(port, USE), error => {
          assert.match(error.message, new RegExp(`Port ${port}`));
          assert.match(error.message, new RegExp(`kill ${process.pid}`));
          assert.match(error.message, /app\.baseUrl/);
          return true;
        }),
      );
    });
  }
});
