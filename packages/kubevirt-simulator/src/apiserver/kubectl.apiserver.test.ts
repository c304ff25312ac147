import { TestCluster } from '../__testUtils__';
import { Kubectl } from '../__testUtils__/Kubectl';
import { bootstrapCluster } from './bootstrapCluster';

const assets = process.env.KUBEBUILDER_ASSETS;
if (!assets) {
  process.stderr.write(
    'Skipped: kubectl against the simulator. Set KUBEBUILDER_ASSETS to a folder with kubectl.\n',
  );
}
const describeWithKubectl = assets ? describe : describe.skip;

const MIGRATION = {
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachineInstanceMigration',
  metadata: { name: 'forklift-6xkww', namespace: '00-test' },
  spec: { vmiName: 'leech-johan' },
  status: { phase: 'Running' },
};

describeWithKubectl('kubectl', () => {
  let cluster: TestCluster;
  let kubectl: Kubectl;

  beforeEach(async () => {
    cluster = await TestCluster.start();
    bootstrapCluster(cluster.store);
    kubectl = await Kubectl.create(assets ?? '', cluster.server.kubeconfig());
  });

  afterEach(async () => {
    await kubectl.dispose();
    await cluster.stop();
  });

  const columns = (line: string) => line.trim().split(/\s+/);

  it('discovers the resources', async () => {
    expect(await kubectl.run('version')).toContain('Server Version: v1.34.4');
    const lines = (await kubectl.run('api-resources', '--no-headers'))
      .split('\n')
      .map(columns);
    expect(lines).toContainEqual([
      'virtualmachineinstancemigrations',
      'vmim,vmims',
      'kubevirt.io/v1',
      'true',
      'VirtualMachineInstanceMigration',
    ]);
    expect(lines).toContainEqual([
      'migrationpolicies',
      'migrations.kubevirt.io/v1alpha1',
      'false',
      'MigrationPolicy',
    ]);
  });

  it('creates, applies, patches, reads and deletes', async () => {
    const file = await kubectl.file('migration.yaml', MIGRATION);
    expect(await kubectl.run('create', 'namespace', '00-test')).toBe(
      'namespace/00-test created',
    );
    await kubectl.run('apply', '--server-side', '-f', file);
    await kubectl.run(
      ...['apply', '--server-side', '--subresource=status', '-f', file],
    );
    const inNamespace = ['-n', '00-test', 'vmim', 'forklift-6xkww'];
    expect(await kubectl.run('get', ...inNamespace, '-o', 'yaml')).toContain(
      'phase: Running',
    );

    await kubectl.run(
      'patch',
      ...inNamespace,
      '--subresource=status',
      '--type=merge',
      '-p',
      '{"status":{"phase":"Succeeded"}}',
    );
    await kubectl.run('label', ...inNamespace, 'wave=2');
    expect(
      columns(
        await kubectl.run('get', 'vmim', '-A', '-l', 'wave=2', '--no-headers'),
      ),
    ).toEqual(['00-test', 'forklift-6xkww', 'Succeeded', 'leech-johan']);

    expect(await kubectl.run('delete', ...inNamespace)).toContain('deleted');
    expect(await kubectl.run('get', 'vmim', '-A', '-o', 'name')).toBe('');
  });

  it('creates and applies on the client side', async () => {
    const machine = {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name: 'crm', namespace: 'erp' },
      spec: { runStrategy: 'Always' },
    };
    await kubectl.run('create', '-f', await kubectl.file('vm.yaml', machine));
    const changed = { ...machine, spec: { runStrategy: 'Manual' } };
    await kubectl.run('apply', '-f', await kubectl.file('vm.yaml', changed));
    expect(
      await kubectl.run(
        ...['-n', 'erp', 'get', 'vm', 'crm', '-o', 'jsonpath={.spec}'],
      ),
    ).toBe('{"runStrategy":"Manual"}');
  });

  it('watches', async () => {
    cluster.addMigration('move-1');
    const lines = kubectl.lines('get', 'vmim', '-A', '-w');
    const next = async () => columns((await lines.next()).value ?? '');
    expect(await next()).toEqual(['NAMESPACE', 'NAME', 'PHASE', 'VMI']);
    expect(await next()).toEqual(['erp', 'move-1', 'crm']);
    cluster.setPhase('move-1', 'Running');
    expect(await next()).toEqual(['erp', 'move-1', 'Running', 'crm']);
    cluster.addMigration('move-2');
    expect(await next()).toEqual(['erp', 'move-2', 'crm']);
  });

  it('waits for an object with finalizers', async () => {
    cluster.store.create('virtualmachineinstancemigrations', {
      metadata: { name: 'move-1', namespace: 'erp', finalizers: ['x'] },
    });
    const deletion = kubectl.run('-n', 'erp', 'delete', 'vmim', 'move-1');
    await new Promise<void>(resolve => {
      const stop = cluster.store.subscribe(({ current }) => {
        if (current.object.metadata.deletionTimestamp) {
          stop();
          resolve();
        }
      });
    });
    cluster.store.update(
      'virtualmachineinstancemigrations',
      'erp',
      'move-1',
      draft => {
        delete draft.metadata.finalizers;
      },
    );
    expect(await deletion).toContain('"move-1" deleted');
  });

  it('cordons nodes and deletes namespaces with what is in them', async () => {
    cluster.store.create('nodes', { metadata: { name: 'n1' } });
    await kubectl.run('cordon', 'n1');
    expect(cluster.store.get('nodes', undefined, 'n1')?.spec).toEqual({
      unschedulable: true,
    });
    cluster.addMigration('move-1');
    await kubectl.run('delete', 'namespace', 'erp');
    expect(cluster.store.list('virtualmachineinstancemigrations')).toEqual([]);
  });

  it('is told what went wrong', async () => {
    await expect(kubectl.run('-n', 'erp', 'get', 'vmim', 'no')).rejects.toThrow(
      'Error from server (NotFound): virtualmachineinstancemigrations.kubevirt.io "no" not found',
    );
    const file = await kubectl.file('migration.yaml', MIGRATION);
    await expect(kubectl.run('create', '-f', file)).rejects.toThrow(
      'namespaces "00-test" not found',
    );
  });
});
