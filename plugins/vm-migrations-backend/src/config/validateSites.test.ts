import { validateSites } from './validateSites';

const clusters = [{ name: 'kista-1' }, { name: 'kista-2' }, { name: 'alone' }];

function site(id: string, ...names: string[]) {
  return { id, title: id, clusters: names };
}

describe('validateSites', () => {
  it('accepts a cluster without a site and a site without clusters', () => {
    expect(() =>
      validateSites(clusters, [site('kista', 'kista-1', 'kista-2'), site('b')]),
    ).not.toThrow();
  });

  it('refuses an unknown cluster and names the known ones', () => {
    expect(() =>
      validateSites(clusters, [site('b'), site('kista', 'kista-3')]),
    ).toThrow(
      "vmMigrations.datacenters[1].clusters[0] names the cluster 'kista-3' (datacenter 'kista'), which is not among the watched ones: 'kista-1', 'kista-2', 'alone'",
    );
  });

  it('refuses a cluster in two sites', () => {
    expect(() =>
      validateSites(clusters, [
        site('kista', 'kista-1', 'kista-2'),
        site('solna', 'kista-2'),
      ]),
    ).toThrow(
      "vmMigrations.datacenters[1].clusters[0] places the cluster 'kista-2' in datacenter 'solna', but vmMigrations.datacenters[0].clusters[1] has it already",
    );
  });

  it('refuses a cluster twice in one site', () => {
    expect(() =>
      validateSites(clusters, [site('kista', 'alone', 'alone')]),
    ).toThrow('vmMigrations.datacenters[0].clusters[1]');
  });

  it('refuses two sites with one id', () => {
    expect(() => validateSites(clusters, [site('a'), site('a')])).toThrow(
      "vmMigrations.datacenters[1].id 'a' is already taken by vmMigrations.datacenters[0].id",
    );
  });

  it('refuses two clusters with one name', () => {
    expect(() => validateSites([...clusters, { name: 'alone' }], [])).toThrow(
      "Two clusters have the name 'alone'",
    );
  });
});
