import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { at } from '../kubevirt/__testUtils__/outline';
import { catalogFiles } from './catalogEntities';
import { demoMachines } from './demoMachines';

const FOLDER = resolve(__dirname, '../../../../examples/demo');

function entities(): unknown[] {
  return [...catalogFiles().values()].flatMap(text =>
    parseAllDocuments(text).map((document): unknown => document.toJS()),
  );
}

describe('the catalog of the demo', () => {
  it('is in examples/demo as it is generated', () => {
    const files = catalogFiles();
    expect(readdirSync(FOLDER).sort()).toEqual([...files.keys()].sort());
    for (const [name, text] of files) {
      expect(readFileSync(resolve(FOLDER, name), 'utf8')).toBe(text);
    }
  });

  it('names every machine at least where it stands at the beginning', () => {
    const named = entities().flatMap(entity =>
      String(
        at(entity, 'metadata', 'annotations', 'vm-migrations.io/vm') ?? '',
      ).split(','),
    );
    expect(named).toEqual(
      expect.arrayContaining(
        demoMachines().map(
          ({ cluster, spec }) => `${cluster}/${spec.namespace}/${spec.name}`,
        ),
      ),
    );
  });

  it('has owners and systems that are there', () => {
    const all = entities();
    const namesOf = (kind: string) =>
      all
        .filter(entity => at(entity, 'kind') === kind)
        .map(entity => at(entity, 'metadata', 'name'));
    const owned = all.filter(entity => at(entity, 'spec', 'owner'));
    expect(owned.length).toBeGreaterThan(30);
    for (const entity of owned) {
      expect(namesOf('Group')).toContain(at(entity, 'spec', 'owner'));
      expect([...namesOf('System'), undefined]).toContain(
        at(entity, 'spec', 'system'),
      );
    }
  });

  it('makes a resource of a machine that is alone', () => {
    const kinds = new Map(
      entities().map(entity => [
        at(entity, 'metadata', 'name'),
        at(entity, 'kind'),
      ]),
    );
    expect(kinds.get('jump-host')).toBe('Resource');
    expect(kinds.get('crm')).toBe('Component');
  });
});
