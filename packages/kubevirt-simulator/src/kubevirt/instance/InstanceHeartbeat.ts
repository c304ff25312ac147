import type { ClusterContext } from '../ClusterContext';
import { delay } from '../fate';
import { INSTANCE_CONDITIONS, kubernetesTime, withCondition } from '../objects';
import type { Range } from '../settings';

/**
 * The guest agents' reports: instances are rewritten all the time without a change that
 * means anything to anybody.
 */
export class InstanceHeartbeat {
  readonly #context: ClusterContext;
  readonly #interval: Range;
  #round: string[] = [];

  constructor(context: ClusterContext, interval: Range) {
    this.#context = context;
    this.#interval = interval;
  }

  start(): void {
    this.#next();
  }

  #next(): void {
    const { clock, random, objects } = this.#context;
    const share = Math.max(1, objects.instances.size);
    const pauseMs = Math.round(delay(random, this.#interval) / share);
    clock.schedule(Math.max(1, pauseMs), () => {
      this.#beat();
      this.#next();
    });
  }

  #beat(): void {
    const { objects, clock } = this.#context;
    if (this.#round.length === 0) this.#round = [...objects.instances.keys()];
    const key = this.#round.pop();
    const instance = key === undefined ? undefined : objects.instances.get(key);
    if (key === undefined || instance?.status?.phase !== 'Running') return;
    objects.instances.update(key, draft => {
      draft.status = {
        ...draft.status,
        conditions: withCondition(draft.status?.conditions, {
          type: INSTANCE_CONDITIONS.agentConnected,
          status: 'True',
          lastProbeTime: kubernetesTime(clock.now()),
          lastTransitionTime: null,
        }),
      };
    });
  }
}
