import { mockCredentials } from '@backstage/backend-test-utils';
import { ManualClock } from '../__testUtils__/ManualClock';
import { sqliteDatabases } from './__testUtils__/sqliteDatabases';
import { startApi, type TestApi } from './__testUtils__/startApi';
import { openApiDocument } from './openapi';

const createDatabase = sqliteDatabases();

describe('what the API refuses', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi({
      knex: await createDatabase(),
      clock: new ManualClock(Date.parse('2026-03-04T10:00:00.000Z')),
    });
  });
  afterAll(() => api.stop());

  it.each([
    ['/migrations?limit=0', "Parameter 'limit' must be >= 1", '1 to 1000'],
    ['/migrations?limit=1001', "Parameter 'limit' must be <= 1000", '1 to'],
    ['/migrations?limit=1.5', "Parameter 'limit' must be integer", '1 to'],
    ['/migrations?limit=ten', "Parameter 'limit' must be integer", '1 to'],
    ['/migrations?limit=1&limit=2', "Parameter 'limit' must be integer", ''],
    ['/migrations?limit=', "Empty value found for query parameter 'limit'", ''],
    ['/migrations?cursor=x', "Parameter 'cursor' is not one", 'nextCursor'],
    [
      '/migrations?order=age',
      "Parameter 'order' must be equal",
      'duration,desc',
    ],
    ['/migrations?filter=a&filter=b', "Parameter 'filter' must be string", ''],
    ['/migrations?colour=red', "no query parameter 'colour'", 'filter, from'],
    ['/status?verbose=true', "no query parameter 'verbose'", 'none is known'],
    ['/migrations?from=soon', "Parameter 'from' must be a day", "not 'soon'"],
    ['/migrations?to=2026-02-30', "Parameter 'to' must be a day", '-24h'],
    ['/migrations?from=2026..2027', "Parameter 'from' must be a day", '-24h'],
    [
      '/migrations?from=2026-03-05&to=2026-03-04',
      "Parameter 'from' must be earlier than parameter 'to'",
      "'2026-03-05' with '2026-03-04'",
    ],
    [
      '/migrations/direction/sideways',
      "Parameter 'direction' must be",
      'incoming, outgoing, internal',
    ],
    [
      '/virtual-machines?migrating=maybe',
      "'migrating' must be boolean",
      'true',
    ],
    ['/virtual-machines?limit=1001', "Parameter 'limit' must be <= 1000", ''],
    ['/virtual-machines?order=vm', "no query parameter 'order'", 'migrating'],
    ['/changes?wait=31', "Parameter 'wait' must be <= 30", '0 to 30'],
    ['/changes?since=yesterday', "Parameter 'since' must be a position", ''],
    ['/events?since=yesterday', "Parameter 'since' must be a position", ''],
  ])('%s: %s … %s', async (path, complaint, remedy) => {
    const answer = await api.get(path);
    expect(answer).toMatchObject({
      status: 400,
      body: {
        error: {
          name: 'InputError',
          message: expect.stringContaining(complaint),
        },
      },
    });
    expect(answer).toMatchObject({
      body: { error: { message: expect.stringContaining(remedy) } },
    });
  });

  it('filters, with the character and what was expected there', async () => {
    expect(
      await api.get('/migrations?filter=vm:web%20outcome:lost'),
    ).toMatchObject({
      status: 400,
      body: {
        error: {
          name: 'InputError',
          message: expect.stringMatching(/character 16, “lost”.*timed-out/),
          position: 15,
          expected: expect.arrayContaining(['failed', 'timed-out']),
        },
      },
    });
    expect(
      await api.get('/virtual-machines?filter=outcome:failed'),
    ).toMatchObject({
      status: 400,
      body: {
        error: { position: 0, expected: expect.arrayContaining(['status:']) },
      },
    });
  });

  it.each(Object.keys(openApiDocument('/').paths))(
    'GET %s without credentials',
    async pattern => {
      const path = pattern.replace(/\{\w+\}/g, 'incoming');
      expect(
        await api.get(path, {
          headers: { Authorization: mockCredentials.none.header() },
        }),
      ).toMatchObject({
        status: 401,
        body: { error: { name: 'AuthenticationError' } },
      });
    },
  );

  it('everything but reading', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']) {
      const answer = await fetch(`${api.baseUrl}/v1/migrations`, { method });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET');
    }
  });

  it('paths that there are not', async () => {
    const answer = await fetch(`${api.baseUrl}/v1/migration`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({
      error: { name: 'NotFoundError', message: 'There is no route /migration' },
    });
  });

  it('but gives the document that says all this', async () => {
    expect(await api.get('/openapi.json')).toEqual({
      status: 200,
      body: JSON.parse(
        JSON.stringify(openApiDocument('/api/vm-migrations/v1')),
      ),
    });
  });
});
