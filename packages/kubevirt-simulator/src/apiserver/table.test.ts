import {
  INSTANCES,
  INSTANCES_PATH,
  MIGRATIONS_PATH,
  TestCluster,
} from '../__testUtils__';
import type { TestClusterOptions } from '../__testUtils__';

const TABLE =
  'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json';

describe('tables', () => {
  let cluster: TestCluster;

  async function start(options?: TestClusterOptions) {
    cluster = await TestCluster.start(options);
    return cluster;
  }

  afterEach(() => cluster.stop());

  it('have the columns of the resource', async () => {
    await start();
    cluster.addMigration('a');
    cluster.setPhase('a', 'Running');
    const { body } = await cluster.client.send(MIGRATIONS_PATH, {
      accept: TABLE,
    });
    expect(body).toMatchObject({
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { resourceVersion: '4' },
      columnDefinitions: [
        { name: 'Name', type: 'string', format: 'name', priority: 0 },
        { name: 'Phase', type: 'string', format: '', priority: 0 },
        { name: 'VMI', type: 'string', format: '', priority: 0 },
      ],
      rows: [
        {
          cells: ['a', 'Running', 'crm'],
          object: {
            kind: 'PartialObjectMetadata',
            apiVersion: 'meta.k8s.io/v1',
            metadata: { name: 'a', resourceVersion: '4' },
          },
        },
      ],
    });
  });

  it('show ages and choices, and nothing where nothing is', async () => {
    await start();
    cluster.store.create(INSTANCES, {
      metadata: { name: 'crm', namespace: 'erp' },
      status: {
        phase: 'Running',
        conditions: [
          { type: 'Paused', status: 'False' },
          { type: 'Ready', status: 'True' },
        ],
        interfaces: [{ ipAddress: '10.0.0.7' }],
      },
    });
    cluster.clock.advance(125_000);
    const { body } = await cluster.client.send(`${INSTANCES_PATH}/crm`, {
      accept: TABLE,
    });
    expect(body).toMatchObject({
      metadata: { resourceVersion: '3' },
      rows: [
        {
          cells: [
            'crm',
            '2m5s',
            'Running',
            '10.0.0.7',
            null,
            'True',
            null,
            'False',
          ],
        },
      ],
    });
  });

  it('carry as much of the object as is asked for', async () => {
    await start();
    cluster.addMigration('a');
    const read = async (include: string) =>
      (
        await cluster.client.send(
          `${MIGRATIONS_PATH}/a?includeObject=${include}`,
          { accept: TABLE },
        )
      ).body;
    expect(await read('Object')).toMatchObject({
      rows: [{ object: { spec: { vmiName: 'crm' } } }],
    });
    expect(await read('None')).toMatchObject({ rows: [{ object: null }] });
  });

  it('are not given to those who take no JSON', async () => {
    await start();
    const { code, body } = await cluster.client.send(MIGRATIONS_PATH, {
      accept: 'application/vnd.kubernetes.protobuf',
    });
    expect(code).toBe(406);
    expect(body).toMatchObject({ reason: 'NotAcceptable' });
  });
});
