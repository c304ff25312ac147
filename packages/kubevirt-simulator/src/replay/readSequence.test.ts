import { readSequence } from './readSequence';

const DOCUMENT = `
apiVersion: kubevirt.io/v1
kind: VirtualMachineInstanceMigration
metadata:
  name: move
  namespace: shop
`;

describe('readSequence', () => {
  it('takes cluster and event from the annotations and removes them', () => {
    const [event] = readSequence(
      `${DOCUMENT}  annotations:
    fixture.invalid/cluster: cluster-b
    fixture.invalid/event: DELETED
    kubevirt.io/evacuationMigration: worker-1
`,
      'a.yaml',
    );
    expect(event).toMatchObject({
      cluster: 'cluster-b',
      resource: 'virtualmachineinstancemigrations',
      type: 'DELETED',
    });
    expect(event.object.metadata.annotations).toEqual({
      'kubevirt.io/evacuationMigration': 'worker-1',
    });
  });

  it('takes a first document without marks as added, the next as modified', () => {
    const events = readSequence(`${DOCUMENT}\n---\n${DOCUMENT}`, 'a.yaml');
    expect(events.map(event => event.type)).toEqual(['ADDED', 'MODIFIED']);
  });

  it('leaves out events of other resources', () => {
    const line = (resource: string) =>
      JSON.stringify({
        cluster: 'a',
        resource,
        type: 'ADDED',
        object: { apiVersion: 'v1', kind: 'X', metadata: { name: 'x' } },
      });
    const events = readSequence(
      `${line('events')}\n${line('virtualmachineinstances')}\n`,
      'a.ndjson',
    );
    expect(events.map(event => event.resource)).toEqual([
      'virtualmachineinstances',
    ]);
  });

  it('names file and line of what it cannot read', () => {
    expect(() => readSequence('{"cluster":"a"}', 'a.ndjson')).toThrow(
      /a\.ndjson, line 1/,
    );
  });
});
