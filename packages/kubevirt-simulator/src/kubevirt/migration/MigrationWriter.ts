import { instanceKeyOf } from '../access';
import type { ClusterContext } from '../ClusterContext';
import { TARGET_POD_DOWN_REASON } from '../fate';
import {
  ANNOTATIONS,
  FINALIZERS,
  keyOf,
  kubernetesTime,
  LABELS,
  MIGRATION_CONDITIONS,
  roleOf,
  withCondition,
  type VirtualMachineInstance,
  type VirtualMachineInstanceMigration,
} from '../objects';
import { FAILURE_TEXTS } from './eventTexts';
import { handOff, identify, isHandedOff, publishSource } from './handOff';
import type {
  FailureCause,
  MigrationAction,
  MigrationView,
} from './MigrationView';
import { enterPhase, mirrorBlocked } from './migrationStatus';
import { TargetPods } from './TargetPods';

/** virt-launcher's user; instances of older versions run as root until they move. */
const NON_ROOT_USER = 107;

/** Carries out what `planMigration` decided. */
export class MigrationWriter {
  readonly #context: ClusterContext;
  readonly #pods: TargetPods;
  /** uids whose wait after failures has been told. */
  readonly #toldBackOff = new Set<string>();

  constructor(context: ClusterContext) {
    this.#context = context;
    this.#pods = new TargetPods(context);
  }

  write(action: MigrationAction, view: MigrationView): void {
    const { objects } = this.#context;
    const { migration, instance } = view;
    const { namespace, name } = migration.metadata;
    const key = keyOf(namespace, name);
    switch (action.type) {
      case 'wait':
        return;
      case 'delete':
        objects.migrations.delete(key);
        return;
      case 'stamp-api-versions':
        this.#stampApiVersions(key);
        return;
      case 'enter-phase':
        this.#enterPhase(key, action.phase, view);
        return;
      case 'identify':
        this.#writeInstance(migration, draft => identify(draft, migration));
        return;
      case 'note-source-pod':
        this.#writeStatus(key, draft => {
          draft.status = {
            ...draft.status,
            migrationState: { sourcePod: this.#pods.ownOf(instance)?.name },
          };
        });
        return;
      case 'block-by-utility-volumes':
        this.#blockByUtilityVolumes(key, migration);
        return;
      case 'mirror-blocked':
        this.#writeStatus(key, draft => mirrorBlocked(draft, instance));
        return;
      case 'mark-non-root':
        this.#writeInstance(migration, draft => {
          draft.metadata.annotations = {
            ...draft.metadata.annotations,
            [ANNOTATIONS.nonRoot]: 'true',
          };
          draft.status = { ...draft.status, runtimeUser: NON_ROOT_USER };
        });
        return;
      case 'create-target-pod':
        this.#pods.create(view);
        return;
      case 'give-up-target-pod':
        this.#pods.remove(migration);
        return;
      case 'publish-source':
        this.#writeInstance(migration, draft =>
          publishSource(draft, migration, this.#pods.ownOf(instance)?.name),
        );
        return;
      case 'hand-off':
        this.#handOff(view);
        return;
      case 'request-abort':
        this.#requestAbort(key, migration, action);
        return;
      case 'fail':
        this.#fail(key, view, action.cause);
        return;
      case 'copy-state':
        this.#writeStatus(key, draft => {
          draft.status = {
            ...draft.status,
            migrationState: instance?.status?.migrationState,
          };
        });
        return;
      case 'collect-garbage':
        for (const surplus of action.keys) objects.migrations.delete(surplus);
        return;
      case 'release':
        objects.migrations.update(key, draft => {
          draft.metadata.finalizers = undefined;
        });
        return;
      default:
        action satisfies never;
    }
  }

  /** Tells once that an evacuation waits for the end of its back-off. */
  noteWait({ migration, instance, backOffUntilMs = 0, nowMs }: MigrationView) {
    const { uid, name } = migration.metadata;
    if (!instance || nowMs >= backOffUntilMs || this.#toldBackOff.has(uid)) {
      return;
    }
    this.#toldBackOff.add(uid);
    this.#context.events.record(
      instance,
      'Warning',
      'MigrationBackoff',
      `backoff migrating vmi ${instance.metadata.namespace}/${instance.metadata.name}: ${name} waits after a failed migration`,
    );
  }

  noteUnschedulable(migration: VirtualMachineInstanceMigration): void {
    this.#context.events.record(
      migration,
      'Warning',
      'migrationTargetPodUnschedulable',
      `Migration target pod for VMI [${migration.metadata.namespace}/${migration.spec.vmiName}] is currently unschedulable.`,
    );
  }

  /**
   * The first look. What virt-api's webhook adds is added here to migrations that came
   * through the API server, which has no webhooks.
   */
  #stampApiVersions(key: string): void {
    this.#context.objects.migrations.update(key, draft => {
      draft.metadata.labels = {
        ...draft.metadata.labels,
        [LABELS.instanceName]: draft.spec.vmiName,
      };
      const finalizers = draft.metadata.finalizers ?? [];
      const { deletionTimestamp } = draft.metadata;
      if (!deletionTimestamp && !finalizers.includes(FINALIZERS.migration)) {
        draft.metadata.finalizers = [...finalizers, FINALIZERS.migration];
      }
      draft.metadata.annotations = {
        ...draft.metadata.annotations,
        [ANNOTATIONS.latestApiVersion]: 'v1',
        [ANNOTATIONS.storageApiVersion]: 'v1',
      };
    });
  }

  #enterPhase(key: string, phase: string, view: MigrationView): void {
    const { clock, settings, events } = this.#context;
    const { migration, instance } = view;
    this.#writeStatus(key, draft => {
      enterPhase(draft, phase, clock.now());
      mirrorBlocked(draft, instance);
      if (roleOf(migration) !== 'local' && draft.status) {
        draft.status.synchronizationAddresses = [
          settings.synchronizationAddress,
        ];
      }
      const sourcePod = this.#pods.ownOf(instance)?.name;
      if (phase === 'Pending' && sourcePod && draft.status) {
        draft.status.migrationState = { sourcePod };
      }
    });
    if (phase === 'Succeeded') {
      events.record(
        migration,
        'Normal',
        'SuccessfulMigration',
        'Source node reported migration succeeded',
      );
    }
  }

  #blockByUtilityVolumes(
    key: string,
    migration: VirtualMachineInstanceMigration,
  ): void {
    const message = 'waiting for utility volumes to be detached';
    this.#addCondition(key, {
      type: MIGRATION_CONDITIONS.blockedByUtilityVolumes,
      message,
    });
    this.#context.events.record(
      migration,
      'Normal',
      'UtilityVolumeMigrationPending',
      message,
    );
  }

  #handOff({ migration, instance, targetPod }: MigrationView): void {
    if (!instance || !targetPod) return;
    const { cluster, settings, events, truth } = this.#context;
    const source = this.#pods.ownOf(instance)?.name;
    this.#writeInstance(migration, draft =>
      handOff(draft, migration, { source, target: targetPod }, settings),
    );
    truth.located(migration.metadata.uid, {
      ...(roleOf(migration) === 'local' && {
        source: { cluster, node: instance.status?.nodeName },
      }),
      target: { cluster, node: targetPod.node },
    });
    events.record(
      migration,
      'Normal',
      'SuccessfulHandOver',
      'Migration target pod is ready for preparation by virt-handler.',
    );
  }

  /** The condition and the note on the instance come in either order. */
  #requestAbort(
    key: string,
    migration: VirtualMachineInstanceMigration,
    parts: { asCondition: boolean; onInstance: boolean },
  ): void {
    const writes = [
      () => {
        if (parts.asCondition) {
          this.#addCondition(key, {
            type: MIGRATION_CONDITIONS.abortRequested,
          });
        }
      },
      () => {
        if (!parts.onInstance) return;
        this.#writeInstance(migration, draft => {
          const state = draft.status?.migrationState;
          if (state) state.abortRequested = true;
        });
      },
    ];
    const first = this.#context.random.integer(0, 1);
    writes[first]();
    writes[1 - first]();
  }

  #fail(key: string, view: MigrationView, cause: FailureCause): void {
    const { clock, events, truth } = this.#context;
    const { migration, instance } = view;
    const isOnInstance =
      cause === 'target-pod-down' &&
      instance !== undefined &&
      isHandedOff(migration, instance) &&
      !instance.status?.migrationState?.completed;
    if (isOnInstance) this.#markFailedOnInstance(migration);
    truth.judge(
      migration.metadata.uid,
      cause === 'cancelled' ? 'cancelled' : 'failed',
      isOnInstance ? TARGET_POD_DOWN_REASON : undefined,
    );
    this.#writeStatus(key, draft => {
      enterPhase(draft, 'Failed', clock.now());
      if (cause === 'cancelled' && draft.status) {
        draft.status.conditions = withCondition(draft.status.conditions, {
          type: MIGRATION_CONDITIONS.abortRequested,
          status: 'True',
          lastProbeTime: kubernetesTime(clock.now()),
          lastTransitionTime: null,
        });
      }
    });
    events.record(
      migration,
      'Warning',
      'FailedMigration',
      FAILURE_TEXTS[cause],
    );
    this.#pods.remove(migration);
  }

  /** A copy that never began gets a length of zero. */
  #markFailedOnInstance(migration: VirtualMachineInstanceMigration): void {
    const now = kubernetesTime(this.#context.clock.now());
    this.#writeInstance(migration, draft => {
      if (!draft.status?.migrationState) return;
      draft.status.migrationState = {
        startTimestamp: now,
        ...draft.status.migrationState,
        endTimestamp: now,
        completed: true,
        failed: true,
        failureReason: TARGET_POD_DOWN_REASON,
      };
    });
  }

  #addCondition(
    key: string,
    condition: { type: string; message?: string },
  ): void {
    const now = kubernetesTime(this.#context.clock.now());
    this.#writeStatus(key, draft => {
      draft.status = {
        ...draft.status,
        conditions: withCondition(draft.status?.conditions, {
          ...condition,
          status: 'True',
          lastProbeTime: now,
          lastTransitionTime: null,
        }),
      };
    });
  }

  #writeStatus(
    key: string,
    change: (draft: VirtualMachineInstanceMigration) => void,
  ): void {
    this.#context.objects.migrations.update(key, change, 'status');
  }

  #writeInstance(
    migration: VirtualMachineInstanceMigration,
    change: (draft: VirtualMachineInstance) => void,
  ): void {
    this.#context.objects.instances.update(instanceKeyOf(migration), change);
  }
}
