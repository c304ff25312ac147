import { migrationKindSchema } from '../model/Migration';
import { outcomeSchema } from '../model/Outcome';
import { PHASES } from '../model/Phase';
import {
  FILTER_KEYS,
  FILTER_TIMES,
  type FilterKey,
  type FilterTime,
} from './FilterExpression';

/**
 * What a filter is meant for. Machines have no outcome and migrations no status, so each
 * knows its own keys.
 *
 * @public
 */
export type FilterSubject = 'migration' | 'virtual-machine';

const VIRTUAL_MACHINE_KEYS: readonly FilterKey[] = [
  'cluster',
  'datacenter',
  'namespace',
  'vm',
  'node',
  'phase',
  'status',
];

const VIRTUAL_MACHINE_TIMES: readonly FilterTime[] = ['created', 'updated'];

/**
 * The keys that can stand before a colon, in the order in which help should name them.
 * Without a subject all of them: a filter bar that serves several tables needs that.
 *
 * @public
 */
export function filterKeysOf(subject?: FilterSubject): {
  keys: readonly FilterKey[];
  times: readonly FilterTime[];
  direction: boolean;
} {
  switch (subject) {
    case 'migration':
      return {
        keys: FILTER_KEYS.filter(key => key !== 'status'),
        times: FILTER_TIMES,
        direction: true,
      };
    case 'virtual-machine':
      return {
        keys: VIRTUAL_MACHINE_KEYS,
        times: VIRTUAL_MACHINE_TIMES,
        direction: false,
      };
    default:
      return { keys: FILTER_KEYS, times: FILTER_TIMES, direction: true };
  }
}

/**
 * The words that a key takes, or `undefined` when any name will do.
 *
 * @public
 */
export function filterWordsOf(key: FilterKey): readonly string[] | undefined {
  switch (key) {
    case 'outcome':
      return outcomeSchema.options;
    case 'kind':
      return migrationKindSchema.options;
    default:
      return undefined;
  }
}

/**
 * A value as the record spells it: phases and the words of a key may be written in any
 * case, and `completed` is another word for `succeeded`. `undefined` when the key takes no
 * such word.
 */
export function toFilterValue(
  key: FilterKey,
  value: string,
): string | undefined {
  const lower = value.toLowerCase();
  if (key === 'phase') {
    return PHASES.find(phase => phase.toLowerCase() === lower) ?? value;
  }
  const words = filterWordsOf(key);
  if (!words) {
    return value;
  }
  const word = key === 'outcome' && lower === 'completed' ? 'succeeded' : lower;
  return words.includes(word) ? word : undefined;
}
