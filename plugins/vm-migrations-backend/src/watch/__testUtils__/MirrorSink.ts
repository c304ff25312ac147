import { EventEmitter, once } from 'node:events';
import type { ResourceHealth } from 'backstage-plugin-vm-migrations-common';
import type { WatchedObject, WatchEventType, WatchSink } from '../types';

/** Keeps what the cluster should contain by all that was heard of it. */
export class MirrorSink implements WatchSink {
  /** Label `value` by name. */
  readonly machines = new Map<string, string>();
  readonly events: string[] = [];
  readonly healths: ResourceHealth[] = [];
  lists = 0;
  pages = 0;
  bookmarks = 0;
  /** The last position that was taken. */
  position: string | undefined;
  /** Called before a page is taken. */
  beforePage: () => Promise<void> = async () => {};
  readonly #changes = new EventEmitter();
  #listed = new Set<string>();

  async listing(): Promise<void> {
    this.#listed = new Set();
    this.#changes.emit('change');
  }

  async page(objects: WatchedObject[]): Promise<void> {
    await this.beforePage();
    this.pages += 1;
    for (const object of objects) {
      this.#listed.add(object.metadata.name);
      this.#keep(object);
    }
  }

  async listed(resourceVersion: string): Promise<void> {
    this.lists += 1;
    for (const name of this.machines.keys()) {
      if (!this.#listed.has(name)) {
        this.machines.delete(name);
      }
    }
    this.#took(resourceVersion);
  }

  async event(type: WatchEventType, object: WatchedObject): Promise<void> {
    const { name, resourceVersion } = object.metadata;
    if (type === 'DELETED') {
      this.machines.delete(name);
    } else {
      this.#keep(object);
    }
    this.events.push(`${type} ${name}`);
    this.#took(resourceVersion);
  }

  async bookmark(resourceVersion: string): Promise<void> {
    this.bookmarks += 1;
    this.#took(resourceVersion);
  }

  health(health: ResourceHealth): void {
    this.healths.push(health);
    this.#changes.emit('change');
  }

  /** All names with their values, sorted: `a=1 b=2`. */
  get content(): string {
    return [...this.machines]
      .map(([name, value]) => `${name}=${value}`)
      .sort()
      .join(' ');
  }

  /** Resolves when the condition holds. */
  async until(condition: (sink: MirrorSink) => boolean): Promise<void> {
    while (!condition(this)) {
      await once(this.#changes, 'change');
    }
  }

  async watching(): Promise<void> {
    await this.until(sink => sink.healths.at(-1)?.phase === 'watching');
  }

  /** Resolves when the last health has the problem. */
  async hasProblem(problem: ResourceHealth['problem']): Promise<void> {
    await this.until(sink => sink.healths.at(-1)?.problem === problem);
  }

  #keep({ metadata }: WatchedObject): void {
    const { labels } = metadata;
    const value = new Map<string, unknown>(Object.entries(labels ?? {})).get(
      'value',
    );
    this.machines.set(metadata.name, String(value));
  }

  #took(position: string): void {
    this.position = position;
    this.#changes.emit('change');
  }
}
