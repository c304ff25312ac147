import { EventEmitter, once } from 'node:events';
import type { ResourceHealth } from 'backstage-plugin-vm-migrations-common';
import type { WatchedObject, WatchEventType, WatchSink } from '../types';

function named(object: WatchedObject): string {
  return `${object.metadata.name}@${object.metadata.resourceVersion}`;
}

/** Writes down what it is told, in short. */
export class TestSink implements WatchSink {
  /** For example `page a@1 b@2`, `MODIFIED a@3`. */
  readonly calls: string[] = [];
  readonly objects: WatchedObject[] = [];
  readonly healths: ResourceHealth[] = [];
  /** Called before each call is written down; may reject or take its time. */
  intercept: (call: string) => Promise<void> = async () => {};
  readonly #changes = new EventEmitter();

  async listing(): Promise<void> {
    await this.#note('listing');
  }

  async page(objects: WatchedObject[]): Promise<void> {
    this.objects.push(...objects);
    await this.#note(['page', ...objects.map(named)].join(' '));
  }

  async listed(resourceVersion: string): Promise<void> {
    await this.#note(`listed ${resourceVersion}`);
  }

  async event(type: WatchEventType, object: WatchedObject): Promise<void> {
    this.objects.push(object);
    await this.#note(`${type} ${named(object)}`);
  }

  async bookmark(resourceVersion: string): Promise<void> {
    await this.#note(`bookmark ${resourceVersion}`);
  }

  health(health: ResourceHealth): void {
    this.healths.push(health);
    this.#changes.emit('change');
  }

  get lastHealth(): ResourceHealth {
    const health = this.healths.at(-1);
    if (health === undefined) {
      throw new Error('No health was reported');
    }
    return health;
  }

  /** Resolves when a call is there, from the first one on. */
  async called(call: string, times = 1): Promise<void> {
    await this.#until(
      () => this.calls.filter(made => made === call).length >= times,
    );
  }

  /** Resolves when the last reported health is as given. */
  async reports(wanted: Partial<ResourceHealth>): Promise<void> {
    await this.#until(() => {
      const fields = new Map(Object.entries(this.healths.at(-1) ?? {}));
      return Object.entries(wanted).every(
        ([field, value]) => fields.get(field) === value,
      );
    });
  }

  async #note(call: string): Promise<void> {
    await this.intercept(call);
    this.calls.push(call);
    this.#changes.emit('change');
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await once(this.#changes, 'change');
    }
  }
}
