/** What the server says of itself, from which kubectl learns names, kinds and verbs. */
import type { ResourceDefinition } from '../store';
import { versionsOf } from './ServedResource';

/** The release whose behaviour the simulator follows. */
const KUBERNETES_VERSION = '1.34.4';

const VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];
const STATUS_VERBS = ['get', 'patch', 'update'];

/** The document at a discovery path, or undefined when there is none. */
export function discoveryDocument(
  path: string,
  definitions: ResourceDefinition[],
): object | undefined {
  const [root, group, version, ...rest] = path.slice(1).split('/');
  if (path === '/version') return versionDocument();
  if (path === '/api') return coreVersions(definitions);
  if (path === '/apis') return groupList(definitions);
  if (root === 'api' && version === undefined) {
    return resourceList(definitions, '', group);
  }
  if (root !== 'apis' || rest.length > 0) return undefined;
  return version === undefined
    ? groupDocument(definitions, group)
    : resourceList(definitions, group, version);
}

function versionDocument(): object {
  const [major, minor] = KUBERNETES_VERSION.split('.');
  return {
    major,
    minor,
    gitVersion: `v${KUBERNETES_VERSION}`,
    gitCommit: '',
    gitTreeState: '',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: '',
    platform: 'kubevirt-simulator',
  };
}

function coreVersions(definitions: ResourceDefinition[]): object {
  return {
    kind: 'APIVersions',
    versions: groupVersions(definitions, ''),
    serverAddressByClientCIDRs: [],
  };
}

function groupList(definitions: ResourceDefinition[]): object {
  const names = new Set(definitions.map(({ group }) => group));
  names.delete('');
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: [...names].map(name => groupEntry(definitions, name)),
  };
}

function groupDocument(
  definitions: ResourceDefinition[],
  group: string,
): object | undefined {
  if (groupVersions(definitions, group).length === 0) return undefined;
  return {
    kind: 'APIGroup',
    apiVersion: 'v1',
    ...groupEntry(definitions, group),
  };
}

function groupEntry(definitions: ResourceDefinition[], name: string) {
  const versions = groupVersions(definitions, name).map(version => ({
    groupVersion: `${name}/${version}`,
    version,
  }));
  return { name, versions, preferredVersion: versions[0] };
}

function resourceList(
  definitions: ResourceDefinition[],
  group: string,
  version: string,
): object | undefined {
  if (!groupVersions(definitions, group).includes(version)) return undefined;
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: group ? `${group}/${version}` : version,
    resources: definitions
      .filter(
        definition =>
          definition.group === group &&
          versionsOf(definition).includes(version),
      )
      .flatMap(resourceEntries),
  };
}

function resourceEntries(definition: ResourceDefinition): object[] {
  const { plural, singular, namespaced, kind, shortNames } = definition;
  const entry = {
    name: plural,
    singularName: singular,
    namespaced,
    kind,
    verbs: VERBS,
    ...(shortNames.length > 0 && { shortNames }),
    ...(definition.categories && { categories: definition.categories }),
  };
  if (!definition.statusSubresource) return [entry];
  return [
    entry,
    {
      name: `${plural}/status`,
      singularName: '',
      namespaced,
      kind,
      verbs: STATUS_VERBS,
    },
  ];
}

/** The versions of a group, the preferred one first. */
export function groupVersions(
  definitions: ResourceDefinition[],
  group: string,
): string[] {
  const versions = definitions
    .filter(definition => definition.group === group)
    .flatMap(versionsOf);
  return [...new Set(versions)];
}
