import type { ObjectInput, ObjectStore } from '../../store';

interface NodeInput extends ObjectInput {
  spec: { unschedulable?: boolean };
  status: { conditions: { type: string; status: string }[] };
}

/** The nodes of a cluster, served as Node objects, and which of them take new pods. */
export class NodePool {
  readonly names: readonly string[];
  readonly #store: ObjectStore;
  readonly #cordoned = new Set<string>();

  constructor(store: ObjectStore, names: readonly string[]) {
    this.names = names;
    this.#store = store;
    for (const name of names) {
      const node: NodeInput = {
        metadata: { name, labels: { 'kubernetes.io/hostname': name } },
        spec: {},
        status: { conditions: [{ type: 'Ready', status: 'True' }] },
      };
      store.create('nodes', node, { keepStatus: true });
    }
  }

  schedulable(): string[] {
    return this.names.filter(name => !this.#cordoned.has(name));
  }

  isCordoned(name: string): boolean {
    return this.#cordoned.has(name);
  }

  setCordoned(name: string, cordoned: boolean): void {
    if (cordoned) this.#cordoned.add(name);
    else this.#cordoned.delete(name);
    this.#store.update('nodes', undefined, name, node => {
      node.spec = cordoned ? { unschedulable: true } : {};
    });
  }

  /** The address on which a node receives guests. */
  addressOf(name: string): string {
    const index = this.names.indexOf(name);
    return `10.10.${Math.floor(index / 250) + 1}.${(index % 250) + 1}`;
  }
}
