import { HttpClient, MIGRATIONS_PATH, TestCluster } from '../__testUtils__';
import { ControlServer } from './ControlServer';

const PATH = '/simulator/faults';

describe('ControlServer', () => {
  let cluster: TestCluster;
  let control: ControlServer;
  let client: HttpClient;

  beforeEach(async () => {
    cluster = await TestCluster.start();
    control = await ControlServer.start({
      clusters: new Map([['kista-1', cluster.server.faults]]),
    });
    client = new HttpClient(new URL(control.url).origin);
  });

  afterEach(async () => {
    await client.close();
    await control.stop();
    await cluster.stop();
  });

  const add = (body: unknown) => client.send(PATH, { method: 'POST', body });
  const list = () => cluster.client.send(MIGRATIONS_PATH);

  it('switches faults on, shows them and switches them off', async () => {
    const fault = { kind: 'respond', code: 503, times: 5 };
    expect(await add({ cluster: 'kista-1', fault })).toMatchObject({
      code: 200,
      body: { items: [{ cluster: 'kista-1', id: 1 }] },
    });
    expect(await list()).toMatchObject({ code: 503 });
    expect(await client.send(PATH)).toMatchObject({
      code: 200,
      body: { items: [{ cluster: 'kista-1', id: 1, fault, remaining: 4 }] },
    });
    expect(
      await client.send(`${PATH}/kista-1/1`, { method: 'DELETE' }),
    ).toMatchObject({ code: 200, body: { items: [] } });
    expect(await list()).toMatchObject({ code: 200 });
  });

  it('strikes all clusters when none is named, and mends all', async () => {
    expect(await add({ fault: { kind: 'refuse-connections' } })).toMatchObject({
      body: { items: [{ cluster: 'kista-1', id: 1 }] },
    });
    await expect(list()).rejects.toThrow(/socket hang up|ECONNRESET/);
    await client.send(PATH, { method: 'DELETE' });
    expect(await list()).toMatchObject({ code: 200 });
  });

  it.each([
    ['POST', PATH, '{bad', 400, /The body is no JSON/],
    ['POST', PATH, { fault: { kind: 'quake' } }, 400, /kind/],
    ['POST', PATH, { fault: { kind: 'respond', code: 200 } }, 400, /code/],
    [
      'POST',
      PATH,
      { cluster: 'x', fault: { kind: 'compact' } },
      404,
      /Cluster x is unknown; there are kista-1/,
    ],
    ['DELETE', `${PATH}/kista-1/7`, undefined, 404, /has no fault 7/],
    ['PUT', PATH, undefined, 405, /PUT is not allowed/],
    ['GET', '/simulator', undefined, 404, /faults are at \/simulator\/faults/],
  ])('refuses %s %s %j', async (method, path, body, code, message) => {
    const answer = await client.send(path, { method, body });
    expect(answer.code).toBe(code);
    expect(answer.body).toEqual({ error: expect.stringMatching(message) });
  });
});
