import type { Direction } from '../model';

/**
 * What a filter can ask for by value. For a migration `cluster`, `datacenter`,
 * `namespace` and `node` mean either end of the move; `vm` is the VM's name; `id` is the
 * record's id or the uid of one of its legs; `migration` the name of one of its
 * VirtualMachineInstanceMigration objects. `status` belongs to virtual machines only; of a
 * machine `phase` is its instance's phase, and `id`, `outcome`, `kind` and `migration` match
 * none.
 *
 * @public
 */
export const FILTER_KEYS = [
  'id',
  'outcome',
  'phase',
  'kind',
  'cluster',
  'datacenter',
  'namespace',
  'vm',
  'node',
  'migration',
  'status',
] as const;

/** @public */
export type FilterKey = (typeof FILTER_KEYS)[number];

/** Times that a range can be put on. @public */
export const FILTER_TIMES = ['created', 'started', 'ended', 'updated'] as const;

/** @public */
export type FilterTime = (typeof FILTER_TIMES)[number];

/**
 * A filter as a tree: what the language is parsed to, what permission conditions become,
 * what the store turns to SQL and the browser to a predicate.
 *
 * - `term`: one of the values equals; a value that holds `*` matches any characters there
 * - `time`: `from` inclusive, `to` exclusive, ISO times; without both, the time is known
 * - `direction`: as seen from the named site or cluster
 * - `text`: the text occurs, whatever its case, in the names of VM, namespace, clusters,
 *   nodes or objects, or in the failure message
 *
 * @public
 */
export type FilterExpression =
  | { type: 'and'; operands: FilterExpression[] }
  | { type: 'or'; operands: FilterExpression[] }
  | { type: 'not'; operand: FilterExpression }
  | { type: 'term'; key: FilterKey; values: string[] }
  | { type: 'time'; time: FilterTime; from?: string; to?: string }
  | {
      type: 'direction';
      direction: Direction;
      of: { datacenter: string } | { cluster: string };
    }
  | { type: 'text'; text: string };
