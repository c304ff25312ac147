import type { ClusterContext } from '../ClusterContext';
import { delay } from '../fate';
import type {
  VirtualMachineInstance,
  VirtualMachineInstanceMigration,
} from '../objects';
import type { LauncherPod } from '../pods';
import type { MigrationView } from './MigrationView';

/** The pods that virt-controller makes for migrations, and clears away when they fail. */
export class TargetPods {
  readonly #context: ClusterContext;

  constructor(context: ClusterContext) {
    this.#context = context;
  }

  create({ migration, needsAttachmentPod }: MigrationView): void {
    const { pods, clock, events } = this.#context;
    const { uid, namespace } = migration.metadata;
    const request = {
      namespace,
      instanceName: migration.spec.vmiName,
      migrationUid: uid,
      requestedNode:
        migration.spec.addedNodeSelector?.['kubernetes.io/hostname'],
      createdAtMs: clock.now(),
    };
    const pod = pods.create({ ...request, role: 'launcher' });
    if (needsAttachmentPod) pods.create({ ...request, role: 'attachment' });
    events.record(
      migration,
      'Normal',
      'SuccessfulCreate',
      `Created migration target pod ${pod.name}`,
    );
  }

  remove(migration: VirtualMachineInstanceMigration): void {
    const { pods, clock, random, settings } = this.#context;
    const { namespace, uid } = migration.metadata;
    for (const pod of pods.of(namespace, migration.spec.vmiName)) {
      if (pod.migrationUid !== uid) continue;
      clock.schedule(delay(random, settings.timings.podCleanup), () =>
        pods.remove(pod),
      );
    }
  }

  /** The pod in which the guest runs, or will. */
  ownOf(instance: VirtualMachineInstance | undefined): LauncherPod | undefined {
    if (!instance) return undefined;
    const { namespace, name } = instance.metadata;
    const launchers = this.#context.pods
      .of(namespace, name)
      .filter(({ role }) => role === 'launcher');
    const { nodeName } = instance.status ?? {};
    return launchers.find(({ node }) => node === nodeName) ?? launchers.at(0);
  }
}
