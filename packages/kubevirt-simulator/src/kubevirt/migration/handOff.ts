/** What virt-controller writes to an instance about its migration: pure. */
import {
  LABELS,
  roleOf,
  type MigrationState,
  type VirtualMachineInstance,
  type VirtualMachineInstanceMigration,
} from '../objects';
import type { LauncherPod } from '../pods';
import {
  matchMigrationPolicy,
  type KubeVirtSettings,
  type MigrationConfiguration,
} from '../settings';

const MEMORY_OVERHEAD = '290Mi';

/** A node property that the guest's CPU needs; the target's scheduler looks for it. */
const NODE_SELECTORS = {
  'host-model-cpu.node.kubevirt.io/Skylake-Server': 'true',
};

/** From here on the instance carries this migration and a target. */
export function isHandedOff(
  migration: VirtualMachineInstanceMigration,
  instance: VirtualMachineInstance,
): boolean {
  const state = instance.status?.migrationState;
  return (
    state?.migrationUid === migration.metadata.uid &&
    state.targetNode !== undefined
  );
}

/** Policy and cluster configuration, as they are at this moment. */
export function effectiveConfiguration(
  settings: KubeVirtSettings,
  instance: VirtualMachineInstance,
): Pick<MigrationState, 'migrationPolicyName' | 'migrationConfiguration'> {
  const policy = matchMigrationPolicy(settings.policies, {
    namespaceLabels: {
      'kubernetes.io/metadata.name': instance.metadata.namespace,
    },
    instanceLabels: instance.metadata.labels ?? {},
  });
  const configuration: MigrationConfiguration = {
    ...settings.migrations,
    ...policy?.configuration,
  };
  return {
    ...(policy && { migrationPolicyName: policy.name }),
    migrationConfiguration: { ...configuration },
  };
}

/** Puts the target pod and the settings on the instance; a local one starts afresh. */
export function handOff(
  instance: VirtualMachineInstance,
  migration: VirtualMachineInstanceMigration,
  pods: { source: string | undefined; target: LauncherPod },
  settings: KubeVirtSettings,
): void {
  const { source, target } = pods;
  const common: MigrationState = {
    ...effectiveConfiguration(settings, instance),
    migrationUid: migration.metadata.uid,
    targetMemoryOverhead: MEMORY_OVERHEAD,
    targetNode: target.node,
    targetPod: target.name,
  };
  const { name, namespace, uid } = instance.metadata;
  const before = instance.status?.migrationState;
  const state: MigrationState =
    roleOf(migration) === 'local'
      ? {
          ...common,
          sourceNode: instance.status?.nodeName,
          sourcePod: source,
        }
      : {
          ...before,
          ...common,
          // virt-controller takes the instance's own pod for the source; the
          // synchronization controller puts that right a moment later.
          sourcePod: target.name,
          targetState: {
            ...before?.targetState,
            domainName: name,
            domainNamespace: namespace,
            node: target.node,
            pod: target.name,
            virtualMachineInstanceUID: uid,
          },
        };
  instance.status = { ...instance.status, migrationState: state };
  instance.metadata.labels = {
    ...instance.metadata.labels,
    ...(target.node && { [LABELS.targetNode]: target.node }),
  };
}

/** Tells a decentralized migration's own uid, for the partner to learn. */
export function identify(
  instance: VirtualMachineInstance,
  migration: VirtualMachineInstanceMigration,
): void {
  const { namespace, uid } = instance.metadata;
  const migrationUID = migration.metadata.uid;
  const { sendTo } = migration.spec;
  const state: MigrationState = sendTo
    ? {
        sourceState: {
          domainNamespace: namespace,
          migrationUID,
          virtualMachineInstanceUID: uid,
        },
        targetState: { syncAddress: sendTo.connectURL },
      }
    : { targetState: { migrationUID } };
  instance.status = { ...instance.status, migrationState: state };
}

/** Tells where the guest is, so that the target can leave WaitingForSync. */
export function publishSource(
  instance: VirtualMachineInstance,
  migration: VirtualMachineInstanceMigration,
  sourcePod: string | undefined,
): void {
  const before = instance.status?.migrationState;
  const node = instance.status?.nodeName;
  instance.status = {
    ...instance.status,
    migrationState: {
      ...before,
      migrationUid: migration.metadata.uid,
      sourceNode: node,
      sourcePod,
      sourceState: {
        ...before?.sourceState,
        node,
        pod: sourcePod,
        nodeSelectors: NODE_SELECTORS,
        persistentStatePVCName: '',
        selinuxContext: instance.status?.selinuxContext ?? 'none',
      },
    },
  };
}
