/** The demo's machines and their owners as entities of the software catalog. */
import { stringify } from 'yaml';
import {
  DEMO_APPLICATIONS,
  DEMO_SYSTEMS,
  DEMO_TEAMS,
  type DemoApplication,
} from './applications';
import { machineNames, ownerOf } from './demoMachines';

/** Names the machines of an entity: `cluster/namespace/name`, separated by commas. */
const MACHINES_ANNOTATION = 'vm-migrations.io/vm';

interface Entity {
  apiVersion: 'backstage.io/v1alpha1';
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    title?: string;
    description?: string;
    annotations?: Record<string, string>;
  };
  spec: Record<string, unknown>;
}

interface DemoUser {
  name: string;
  displayName: string;
  teams: string[];
}

const USERS: readonly DemoUser[] = [
  { name: 'astrid.berg', displayName: 'Astrid Berg', teams: ['team-platform'] },
  { name: 'nils.lund', displayName: 'Nils Lund', teams: ['team-payments'] },
  { name: 'sara.nyman', displayName: 'Sara Nyman', teams: ['team-logistics'] },
  { name: 'johan.ek', displayName: 'Johan Ek', teams: ['team-data'] },
  { name: 'maja.holm', displayName: 'Maja Holm', teams: ['team-customer'] },
  { name: 'per.strand', displayName: 'Per Strand', teams: ['team-workplace'] },
];

/** Files of the folder `examples/demo` by name. */
export function catalogFiles(): Map<string, string> {
  return new Map([
    ['all.yaml', print([location(['./org.yaml', './applications.yaml'])])],
    ['org.yaml', print([...groups(), ...users()])],
    ['applications.yaml', print([...systems(), ...applications()])],
  ]);
}

const HEADER = `# Generated from the demo of packages/kubevirt-simulator:
#   yarn simulate catalog examples/demo
`;

function print(entities: Entity[]): string {
  return HEADER + entities.map(each => `---\n${stringify(each)}`).join('');
}

function location(targets: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Location',
    metadata: {
      name: 'vm-migrations-demo',
      description: 'Teams and applications of the demo',
    },
    spec: { targets },
  };
}

function groups(): Entity[] {
  return DEMO_TEAMS.map(({ name, title }) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, title },
    spec: { type: 'team', children: [] },
  }));
}

/** The guest is in two teams, so that lists of what is owned are not empty in the demo. */
function users(): Entity[] {
  const members = USERS.map(
    ({ name, displayName, teams }): Entity => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: { name },
      spec: { profile: { displayName }, memberOf: teams },
    }),
  );
  return [
    ...members,
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: { name: 'guest', namespace: 'development' },
      spec: {
        profile: { displayName: 'Guest' },
        memberOf: [
          'group:default/team-payments',
          'group:default/team-platform',
        ],
      },
    },
  ];
}

function systems(): Entity[] {
  return DEMO_SYSTEMS.map(({ name, title, owner }) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'System',
    metadata: { name, title },
    spec: { owner },
  }));
}

function applications(): Entity[] {
  return DEMO_APPLICATIONS.map(application => {
    const { name, title, description, system } = application;
    const places = placesOf(application);
    const isSingle = machineNames(application).length === 1;
    return {
      apiVersion: 'backstage.io/v1alpha1',
      kind: isSingle ? 'Resource' : 'Component',
      metadata: {
        name,
        title,
        description,
        annotations: { [MACHINES_ANNOTATION]: places.join(',') },
      },
      spec: {
        type: isSingle ? 'virtual-machine' : 'service',
        ...(!isSingle && { lifecycle: 'production' }),
        owner: ownerOf(application),
        system,
      },
    };
  });
}

/** Machines that move to another cluster are named in both. */
function placesOf(application: DemoApplication): string[] {
  const { cluster, partner, namespace } = application;
  return [cluster, partner]
    .filter(each => each !== undefined)
    .flatMap(each =>
      machineNames(application).map(
        ({ name }) => `${each}/${namespace}/${name}`,
      ),
    );
}
