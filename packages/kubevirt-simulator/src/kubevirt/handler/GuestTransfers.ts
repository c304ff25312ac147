/**
 * The connections between source and target nodes. No object shows them: that a guest has
 * arrived is known to both nodes at once, to everybody else when a node reports it.
 *
 * - `arrived`: all memory is over, the guest runs on the target
 * - `broken`: the connection is lost, the guest stays on the source
 * - `aborted`: the source has cancelled, the guest stays
 */
export type TransferSignal = 'arrived' | 'broken' | 'aborted';

export type TransferListener = (
  signal: TransferSignal,
  targetMigrationUid: string,
) => void;

export class GuestTransfers {
  readonly #listeners: TransferListener[] = [];

  subscribe(listener: TransferListener): void {
    this.#listeners.push(listener);
  }

  /** @param targetMigrationUid - of the migration object in the target's cluster */
  send(signal: TransferSignal, targetMigrationUid: string): void {
    for (const listener of this.#listeners)
      listener(signal, targetMigrationUid);
  }
}
