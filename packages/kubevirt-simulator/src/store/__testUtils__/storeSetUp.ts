import { VirtualClock } from '../../clock';
import { SeededRandom } from '../../random';
import { ObjectStore } from '../ObjectStore';
import { CORE_RESOURCES, KUBEVIRT_RESOURCES } from '../resources';
import type { StoreEvent } from '../types';

export const MIGRATIONS = 'virtualmachineinstancemigrations';

/** A store on a clock that stands still, and all that it tells. */
export function setUp(historyLimit?: number) {
  const clock = new VirtualClock(Date.UTC(2026, 2, 6, 11, 0, 0, 250));
  const store = new ObjectStore({
    clock,
    random: SeededRandom.create(7),
    resources: [...KUBEVIRT_RESOURCES, ...CORE_RESOURCES],
    historyLimit,
  });
  const events: StoreEvent[] = [];
  store.subscribe(event => events.push(event));
  return { clock, store, events };
}

/** A migration as a client posts it. */
export function migration(name: string, extra: object = {}) {
  return {
    metadata: { name, namespace: 'erp', labels: { plan: 'p1' } },
    spec: { vmiName: 'crm' },
    ...extra,
  };
}

/** What happened, in short. */
export const summary = (events: StoreEvent[]) =>
  events.map(({ type, resourceVersion, current }) => [
    type,
    current.name,
    resourceVersion,
  ]);
