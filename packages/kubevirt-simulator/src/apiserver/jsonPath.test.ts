import { CORE_RESOURCES, KUBEVIRT_RESOURCES } from '../store';
import { compileJsonPath } from './jsonPath';

const object = {
  status: {
    phase: 'Running',
    conditions: [
      { type: 'Paused', status: 'False' },
      { type: 'Ready', status: 'True' },
    ],
    interfaces: [{ ipAddress: '10.0.0.7' }],
  },
};

describe('compileJsonPath', () => {
  it.each([
    ['.status.phase', 'Running'],
    ['.status.interfaces[0].ipAddress', '10.0.0.7'],
    ['.status.interfaces[1].ipAddress', undefined],
    [".status.conditions[?(@.type=='Ready')].status", 'True'],
    ['.status.conditions[?(@.type == "Paused")].status', 'False'],
    [".status.conditions[?(@.type=='Gone')].status", undefined],
    ['.spec.nowhere.deep', undefined],
    ['.status.phase.deep', undefined],
    ['.status.phase[0]', undefined],
    [".status[?(@.type=='Ready')]", undefined],
  ])('%s → %s', (path, value) => {
    expect(compileJsonPath(path)(object)).toBe(value);
  });

  it('refuses what it does not know', () => {
    expect(() => compileJsonPath('.items[*].name')).toThrow(
      'Cannot read JSON path .items[*].name at [*].name',
    );
  });

  it('knows the paths of all columns', () => {
    for (const { printerColumns } of [
      ...CORE_RESOURCES,
      ...KUBEVIRT_RESOURCES,
    ]) {
      for (const { jsonPath } of printerColumns ?? []) {
        expect(compileJsonPath(jsonPath)({})).toBeUndefined();
      }
    }
  });
});
