import type { ClusterContext } from '../ClusterContext';
import { delay } from '../fate';
import { INSTANCE_CONDITIONS, kubernetesTime, withCondition } from '../objects';
import { guestOf } from '../machine';
import type { Range } from '../settings';
import { writeMigratable } from './instanceStatus';
import { podAddress } from './podAddress';

/**
 * The guest agents' reports. The first after a start or an arrival tells something; from
 * then on instances are rewritten all the time without a change that means anything.
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
    const { objects, clock, random } = this.#context;
    if (this.#round.length === 0) this.#round = [...objects.instances.keys()];
    const key = this.#round.pop();
    const instance = key === undefined ? undefined : objects.instances.get(key);
    if (key === undefined || instance?.status?.phase !== 'Running') return;
    const machine = objects.machines.get(key);
    const guest = machine && guestOf(machine);
    objects.instances.update(key, draft => {
      writeMigratable(draft, clock.now());
      draft.status = {
        ...draft.status,
        conditions: withCondition(draft.status?.conditions, {
          type: INSTANCE_CONDITIONS.agentConnected,
          status: 'True',
          lastProbeTime: kubernetesTime(clock.now()),
          lastTransitionTime: null,
        }),
        ...(guest && { guestOSInfo: guest }),
        interfaces: draft.status?.interfaces?.map(each => ({
          ...each,
          infoSource: 'domain, guest-agent',
          ipAddress: each.ipAddress ?? podAddress(random),
        })),
      };
    });
  }
}
