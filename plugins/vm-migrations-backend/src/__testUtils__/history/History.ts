import type { SequenceEvent } from 'kubevirt-simulator';
import { HistoryCluster } from './HistoryCluster';

/*
 * Watch events as KubeVirt's controllers would cause them, written step by step by a test:
 * whole objects, times in whole seconds of each cluster's own clock. The steps are those of
 * docs/kubevirt.md; a test says which are taken.
 */

const START = Date.UTC(2026, 2, 4, 10);

export interface ClusterOptions {
  /** Seconds by which the clock of this cluster is ahead. */
  ahead?: number;
}

/** What happened in all clusters, in the order in which it happened. */
export class History {
  readonly events: SequenceEvent[] = [];
  #seconds = 0;
  #uids = 0;

  /** Time passes. */
  wait(seconds: number): void {
    this.#seconds += seconds;
  }

  cluster(name: string, options: ClusterOptions = {}): HistoryCluster {
    return new HistoryCluster(this, name, options.ahead ?? 0);
  }

  newUid(): string {
    this.#uids += 1;
    return `uid-${String(this.#uids).padStart(4, '0')}`;
  }

  time(ahead: number): string {
    const iso = new Date(START + (this.#seconds + ahead) * 1000).toISOString();
    return iso.replace('.000Z', 'Z');
  }
}
