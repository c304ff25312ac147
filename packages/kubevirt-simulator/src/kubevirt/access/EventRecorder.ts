import type { Clock } from '../../clock';
import { uuid, type Random } from '../../random';
import type { KubernetesObject, ObjectInput, ObjectStore } from '../../store';
import { keyOf, kubernetesTime, RESOURCES } from '../objects';
import { ReconcileQueue } from './ReconcileQueue';

/** kube-apiserver forgets events after an hour. */
const EVENT_LIFETIME_MS = 60 * 60_000;

interface EventInput extends ObjectInput {
  involvedObject: Record<string, string | undefined>;
  reason: string;
  message: string;
  source: { component: string };
  firstTimestamp: string;
  lastTimestamp: string;
  count: number;
  type: 'Normal' | 'Warning';
  eventTime: null;
  reportingComponent: string;
  reportingInstance: string;
}

/** Writes Kubernetes events: for failures before the hand-off the only reason there is. */
export class EventRecorder {
  readonly #store: ObjectStore;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #expiring: ReconcileQueue;

  constructor(store: ObjectStore, clock: Clock, random: Random) {
    this.#store = store;
    this.#clock = clock;
    this.#random = random;
    this.#expiring = new ReconcileQueue(clock, key => this.#expire(key));
  }

  record(
    involved: KubernetesObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
  ): void {
    const { namespace, name, uid, resourceVersion } = involved.metadata;
    const time = kubernetesTime(this.#clock.now());
    const component = 'virtualmachine-controller';
    const event: EventInput = {
      metadata: {
        name: `${name}.${uuid(this.#random).replaceAll('-', '').slice(0, 16)}`,
        namespace,
      },
      involvedObject: {
        kind: involved.kind,
        namespace,
        name,
        uid,
        apiVersion: involved.apiVersion,
        resourceVersion,
      },
      reason,
      message,
      source: { component },
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
      type,
      eventTime: null,
      reportingComponent: component,
      reportingInstance: '',
    };
    const created = this.#store.create(RESOURCES.events, event);
    this.#expiring.add(
      keyOf(namespace ?? '', created.metadata.name),
      EVENT_LIFETIME_MS,
    );
  }

  #expire(key: string): void {
    const [namespace, name] = key.split('/');
    if (this.#store.get(RESOURCES.events, namespace, name)) {
      this.#store.delete(RESOURCES.events, namespace, name);
    }
  }
}
