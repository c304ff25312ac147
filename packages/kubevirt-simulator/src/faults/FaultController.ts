/**
 * The faults of one cluster. Whoever breaks the cluster adds and removes faults here; the
 * API server asks at each step whether one strikes. Faults that strike at once are done
 * by the server itself, through `FaultEffects`.
 */
import type { Fault, FaultMatch } from './Fault';

/** A request, as far as faults tell requests apart. */
export interface FaultSubject {
  plural: string;
  verb: string;
  namespace?: string;
}

/** What a fault does to the server at once. */
export interface FaultEffects {
  dropConnections(): void;
  compact(): void;
  /** Ends the watches that match; with an ERROR event when there is a code. */
  endWatches(match: FaultMatch | undefined, code?: number): void;
}

export interface ActiveFault {
  id: number;
  fault: Fault;
  /** How often it will strike yet; absent: until it is switched off. */
  remaining?: number;
}

type FaultOf<K extends Fault['kind']> = Extract<Fault, { kind: K }>;

/** Over as soon as they have struck. */
const IMMEDIATE: Fault['kind'][] = [
  'drop-connections',
  'end-watches',
  'compact',
];
/** Strike once unless told otherwise: nobody wants every event broken. */
const ONCE: Fault['kind'][] = ['truncate-watch-event', 'oversize-watch-event'];

export class FaultController {
  readonly #effects: FaultEffects;
  readonly #active = new Map<number, ActiveFault>();
  readonly #changeListeners = new Set<() => void>();
  #nextId = 1;

  constructor(effects: FaultEffects) {
    this.#effects = effects;
  }

  /** Switches a fault on. @returns the number under which it is switched off */
  add(fault: Fault): number {
    const id = this.#nextId;
    this.#nextId += 1;
    if (!IMMEDIATE.includes(fault.kind)) {
      this.#active.set(id, { id, fault, remaining: timesOf(fault) });
    }
    this.#strikeAtOnce(fault);
    this.#tellOfChange();
    return id;
  }

  /** Switches a fault off. @returns false when it is over already */
  remove(id: number): boolean {
    const removed = this.#active.delete(id);
    this.#tellOfChange();
    return removed;
  }

  /** Switches all faults off. */
  clear(): void {
    this.#active.clear();
    this.#tellOfChange();
  }

  list(): ActiveFault[] {
    return [...this.#active.values()];
  }

  /** @returns a function that ends the subscription */
  onChange(listener: () => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  get refusesConnections(): boolean {
    return this.list().some(({ fault }) => fault.kind === 'refuse-connections');
  }

  isAbsent(plural: string): boolean {
    return this.list().some(
      ({ fault }) => fault.kind === 'absent' && fault.resource === plural,
    );
  }

  isStalled(subject: FaultSubject | undefined): boolean {
    return this.list().some(
      ({ fault }) => fault.kind === 'stall' && matches(fault.match, subject),
    );
  }

  /** The answer that takes the place of the request's own. Counts as a strike. */
  takeResponse(
    subject: FaultSubject | undefined,
  ): FaultOf<'respond'> | undefined {
    for (const active of this.list()) {
      const { fault } = active;
      if (fault.kind === 'respond' && matches(fault.match, subject)) {
        this.#strike(active);
        return fault;
      }
    }
    return undefined;
  }

  /** How long the answer is held back, in milliseconds. Counts as a strike. */
  takeDelayMs(subject: FaultSubject | undefined): number {
    let delayMs = 0;
    for (const active of this.list()) {
      const { fault } = active;
      if (fault.kind === 'delay' && matches(fault.match, subject)) {
        this.#strike(active);
        delayMs += fault.delayMs;
      }
    }
    return delayMs;
  }

  /** What becomes of the watch event that is about to be sent. Counts as a strike. */
  takeEventDamage(
    subject: FaultSubject,
  ):
    | FaultOf<'truncate-watch-event'>
    | FaultOf<'oversize-watch-event'>
    | undefined {
    for (const active of this.list()) {
      const { fault } = active;
      const isDamage =
        fault.kind === 'truncate-watch-event' ||
        fault.kind === 'oversize-watch-event';
      if (isDamage && matches(fault.match, subject)) {
        this.#strike(active);
        return fault;
      }
    }
    return undefined;
  }

  #strikeAtOnce(fault: Fault): void {
    if (fault.kind === 'drop-connections') this.#effects.dropConnections();
    if (fault.kind === 'compact') this.#effects.compact();
    if (fault.kind === 'end-watches') {
      this.#effects.endWatches(fault.match, fault.code);
    }
    if (fault.kind === 'absent') {
      this.#effects.endWatches({ resource: fault.resource });
    }
  }

  #strike(active: ActiveFault): void {
    if (active.remaining === undefined) return;
    active.remaining -= 1;
    if (active.remaining === 0) this.#active.delete(active.id);
  }

  #tellOfChange(): void {
    for (const listener of [...this.#changeListeners]) listener();
  }
}

function timesOf(fault: Fault): number | undefined {
  if ('times' in fault && fault.times !== undefined) return fault.times;
  return ONCE.includes(fault.kind) ? 1 : undefined;
}

/** A fault without a match strikes everything, one with a match only resource requests. */
export function matches(
  match: FaultMatch | undefined,
  subject: FaultSubject | undefined,
): boolean {
  if (!match) return true;
  if (!subject) return false;
  return (
    (match.resource === undefined || match.resource === subject.plural) &&
    (match.verb === undefined || match.verb === subject.verb) &&
    (match.namespace === undefined || match.namespace === subject.namespace)
  );
}
