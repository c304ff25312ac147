/**
 * virt-handler on the node that a guest leaves: starts copying when the target listens,
 * reports how it ended, and cancels it when the instance says so.
 */
import { instanceKeyOf } from '../access';
import type { ClusterContext } from '../ClusterContext';
import {
  ABORTED_REASON,
  BROKEN_PIPE_REASON,
  delay,
  type MigrationFate,
} from '../fate';
import {
  isInstanceFinal,
  kubernetesTime,
  roleOf,
  type MigrationState,
  type VirtualMachineInstance,
  type VirtualMachineInstanceMigration,
} from '../objects';
import { LIMITS } from '../settings';
import { changeOwnState } from './changeOwnState';
import type { TransferSignal } from './GuestTransfers';

interface Copy {
  readonly migration: VirtualMachineInstanceMigration;
  readonly fate: MigrationFate;
  stage: 'starting' | 'copying' | 'ended';
  isAborting: boolean;
}

/** With post-copy allowed, the guest changes over after this share of the copy. */
const POST_COPY_SHARE = 0.6;

/** The launcher's clock dates the start up to this much before it is reported. */
const START_REPORT_MS = 600;

/** From the end of the copy until the sender's guest is gone. */
const SENT_MS = 200;

export class SourceHandler {
  readonly #context: ClusterContext;
  readonly #copies = new Map<string, Copy>();

  constructor(context: ClusterContext) {
    this.#context = context;
  }

  start(): void {
    const { objects } = this.#context;
    objects.instances.subscribe(({ current }) => {
      if (current) this.#onInstance(current);
    });
    objects.migrations.subscribe(({ previous, current }) => {
      if (previous && !current) this.#copies.delete(previous.metadata.uid);
    });
  }

  #onInstance(instance: VirtualMachineInstance): void {
    const state = instance.status?.migrationState;
    const migration = this.#context.objects.migrationByUid(state?.migrationUid);
    if (!state || !migration || roleOf(migration) === 'target') return;

    const copy = this.#copies.get(migration.metadata.uid);
    if (!copy && state.targetNodeAddress && !state.completed) {
      this.#prepare(migration);
    }
    if (copy?.stage === 'copying' && state.abortRequested && !copy.isAborting) {
      copy.isAborting = true;
      const { random, settings } = this.#context;
      this.#after(delay(random, settings.timings.abort), () =>
        this.#abort(copy),
      );
    }
    if (copy && copy.stage !== 'ended' && isInstanceFinal(instance)) {
      copy.stage = 'ended';
      this.#signal(copy, 'broken');
    }
    const hasLeft =
      roleOf(migration) === 'source' && state.completed && !state.failed;
    if (hasLeft && instance.status?.phase === 'Running') {
      this.#after(SENT_MS, () => this.#leave(migration));
    }
  }

  #prepare(migration: VirtualMachineInstanceMigration): void {
    const { uid } = migration.metadata;
    const fate = this.#context.fates.of(uid);
    const copy: Copy = {
      migration,
      fate,
      stage: 'starting',
      isAborting: false,
    };
    this.#copies.set(uid, copy);
    this.#after(fate.startMs, () => this.#start(copy));
  }

  #start(copy: Copy): void {
    const { clock, random, truth } = this.#context;
    const startedAtMs = clock.now() - random.integer(0, START_REPORT_MS);
    const isStarted = this.#report(copy, {
      mode: 'PreCopy',
      startTimestamp: kubernetesTime(startedAtMs),
    });
    if (!isStarted) return;
    copy.stage = 'copying';
    truth.started(copy.migration.metadata.uid);
    this.#after(copy.fate.copyMs * POST_COPY_SHARE, () =>
      this.#switchToPostCopy(copy),
    );
    this.#after(copy.fate.copyMs, () => this.#end(copy));
  }

  #switchToPostCopy(copy: Copy): void {
    const configuration = this.#stateOf(copy)?.migrationConfiguration;
    if (copy.stage === 'copying' && configuration?.allowPostCopy === true) {
      this.#report(copy, { mode: 'PostCopy' });
    }
  }

  /** The copy has come to its own end, whatever that is. */
  #end(copy: Copy): void {
    if (copy.stage !== 'copying') return;
    copy.stage = 'ended';
    switch (copy.fate.fail) {
      case 'handler-failed':
        this.#fail(copy, 'failed', BROKEN_PIPE_REASON);
        this.#signal(copy, 'broken');
        return;
      case 'completion-timeout':
        this.#fail(copy, 'timed-out', ABORTED_REASON);
        this.#signal(copy, 'aborted');
        return;
      case 'target-domain-missing':
        this.#missGuest(copy);
        return;
      case 'source-disagrees':
        this.#signal(copy, 'arrived');
        this.#fail(copy, 'failed', BROKEN_PIPE_REASON);
        return;
      case 'target-disagrees':
        this.#report(copy, {
          completed: true,
          endTimestamp: kubernetesTime(this.#context.clock.now()),
        });
        this.#signal(copy, 'broken');
        return;
      default:
        this.#signal(copy, 'arrived');
        this.#missGuest(copy);
    }
  }

  #abort(copy: Copy): void {
    if (copy.stage !== 'copying') return;
    copy.stage = 'ended';
    this.#fail(copy, 'cancelled', ABORTED_REASON);
    const { truth } = this.#context;
    const partner = truth.partnerOf(copy.migration.metadata.uid);
    if (partner) truth.judge(partner, 'cancelled', ABORTED_REASON);
    this.#signal(copy, 'aborted');
  }

  /** @returns whether the instance still carried this migration */
  #fail(
    copy: Copy,
    verdict: 'failed' | 'timed-out' | 'cancelled',
    failureReason?: string,
  ): boolean {
    const { clock, truth } = this.#context;
    const isReported = this.#report(copy, {
      endTimestamp: kubernetesTime(clock.now()),
      completed: true,
      failed: true,
      ...(failureReason && { failureReason }),
      ...(failureReason === ABORTED_REASON && { abortStatus: 'Succeeded' }),
    });
    if (isReported) {
      truth.judge(copy.migration.metadata.uid, verdict, failureReason);
    }
    return isReported;
  }

  /** When the target does not show the guest in time, nobody has it, and the instance has failed. */
  #missGuest(copy: Copy): void {
    this.#after(LIMITS.targetDomainMs, () => {
      if (!this.#fail(copy, 'failed')) return;
      this.#signal(copy, 'broken');
      this.#context.objects.instances.update(
        instanceKeyOf(copy.migration),
        draft => {
          draft.status = { ...draft.status, phase: 'Failed' };
        },
      );
    });
  }

  #leave(migration: VirtualMachineInstanceMigration): void {
    const { objects, pods } = this.#context;
    const key = instanceKeyOf(migration);
    if (objects.instances.get(key)?.status?.phase !== 'Running') return;
    objects.instances.update(key, draft => {
      draft.status = { ...draft.status, phase: 'Succeeded' };
    });
    const { namespace } = migration.metadata;
    for (const pod of pods.of(namespace, migration.spec.vmiName)) {
      pods.change(pod, { phase: 'Succeeded', ready: false });
    }
  }

  #signal(copy: Copy, signal: TransferSignal): void {
    const target =
      roleOf(copy.migration) === 'local'
        ? copy.migration.metadata.uid
        : this.#stateOf(copy)?.targetState?.migrationUID;
    if (target) this.#context.transfers.send(signal, target);
  }

  #stateOf({ migration }: Copy): MigrationState | undefined {
    const { objects } = this.#context;
    return objects.instances.get(instanceKeyOf(migration))?.status
      ?.migrationState;
  }

  /** @returns whether the instance still carried this migration */
  #report(copy: Copy, report: MigrationState): boolean {
    return changeOwnState(this.#context.objects, copy.migration, state => ({
      ...state,
      ...report,
    }));
  }

  #after(delayMs: number, action: () => void): void {
    this.#context.clock.schedule(delayMs, action);
  }
}
