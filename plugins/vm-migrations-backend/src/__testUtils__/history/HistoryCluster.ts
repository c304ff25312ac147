import type { SequenceEvent } from 'kubevirt-simulator';
import { INSTANCES, MIGRATIONS } from '../../kubevirt';
import type { History } from './History';
import { HistoryInstance, type InstanceOptions } from './HistoryInstance';
import { HistoryMigration, type MigrationOptions } from './HistoryMigration';

/** One cluster of a history. */
export class HistoryCluster {
  readonly name: string;
  readonly #history: History;
  readonly #ahead: number;

  constructor(history: History, name: string, ahead: number) {
    this.#history = history;
    this.name = name;
    this.#ahead = ahead;
  }

  /** An instance that runs, or one that waits to receive (without a node). */
  instance(options: InstanceOptions = {}): HistoryInstance {
    return new HistoryInstance(this, options);
  }

  /** Creates a migration of an instance. */
  migration(
    instance: HistoryInstance,
    options: MigrationOptions = {},
  ): HistoryMigration {
    return new HistoryMigration(this, instance, options);
  }

  now(): string {
    return this.#history.time(this.#ahead);
  }

  newUid(): string {
    return this.#history.newUid();
  }

  emit(type: SequenceEvent['type'], object: SequenceEvent['object']): void {
    const { plural } =
      object.kind === 'VirtualMachineInstance' ? INSTANCES : MIGRATIONS;
    this.#history.events.push({
      cluster: this.name,
      resource: plural,
      type,
      object: structuredClone(object),
    });
  }
}
