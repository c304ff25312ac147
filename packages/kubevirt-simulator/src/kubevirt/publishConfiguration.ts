import type { ObjectInput, ObjectStore } from '../store';
import type { KubeVirtSettings } from './settings';

const KUBEVIRT_NAMESPACE = 'kubevirt';

interface ConfigurationInput extends ObjectInput {
  spec: Record<string, unknown>;
  status?: Record<string, unknown>;
}

/** Serves a cluster's configuration as the KubeVirt and MigrationPolicy objects. */
export function publishConfiguration(
  store: ObjectStore,
  settings: KubeVirtSettings,
): void {
  const kubevirt: ConfigurationInput = {
    metadata: { name: 'kubevirt', namespace: KUBEVIRT_NAMESPACE },
    spec: {
      configuration: {
        migrations: { ...settings.migrations },
        developerConfiguration: {
          featureGates: ['DecentralizedLiveMigration'],
        },
      },
    },
    status: {
      phase: 'Deployed',
      synchronizationAddresses: [settings.synchronizationAddress],
    },
  };
  store.create('kubevirts', kubevirt, { keepStatus: true });
  for (const { name, configuration, ...selectors } of settings.policies) {
    const policy: ConfigurationInput = {
      metadata: { name },
      spec: { selectors, ...configuration },
    };
    store.create('migrationpolicies', policy);
  }
}
