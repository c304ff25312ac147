import {
  parseFilter,
  printFilter,
  type FilterExpression,
  type Outcome,
} from 'backstage-plugin-vm-migrations-common';
import { outcomesOf, withOutcomes } from '../logic/filterExpressions';

/** The quick choices, as they stand beside each other, and the outcomes they mean. */
export const OUTCOME_CHOICES = {
  all: [],
  active: ['active'],
  succeeded: ['succeeded'],
  failed: ['failed', 'timed-out'],
  cancelled: ['cancelled'],
  unknown: ['unknown'],
} as const satisfies Record<string, readonly Outcome[]>;

export type OutcomeChoice = keyof typeof OUTCOME_CHOICES;

export const OUTCOME_CHOICE_NAMES: readonly OutcomeChoice[] = [
  'all',
  'active',
  'succeeded',
  'failed',
  'cancelled',
  'unknown',
];

/** The choice that says the same as the filter, if one does. */
export function outcomeChoiceOf(
  expression: FilterExpression | undefined,
): OutcomeChoice | undefined {
  const outcomes = outcomesOf(expression);
  if (outcomes === 'unclear') {
    return undefined;
  }
  return OUTCOME_CHOICE_NAMES.find(name => {
    const wanted: readonly Outcome[] = OUTCOME_CHOICES[name];
    return (
      wanted.length === (outcomes?.length ?? 0) &&
      wanted.every(outcome => outcomes?.includes(outcome))
    );
  });
}

const OUTCOME_WORDS = /(^|\s)outcome:[^\s()"]+(?=\s|$)/g;

/**
 * The text of a filter with a quick choice instead of the outcomes that it asks for. The
 * rest stays as it was written, with its relative times; only where that would say
 * something else is it written anew.
 */
export function chooseOutcome(
  text: string,
  choice: OutcomeChoice,
  now: Date,
): string {
  const wanted = withOutcomes(
    parseFilter(text, { now, subject: 'migration' }),
    OUTCOME_CHOICES[choice],
  );
  const outcomes = OUTCOME_CHOICES[choice].join(',');
  const edited = [
    text.replace(OUTCOME_WORDS, '').trim(),
    ...(outcomes ? [`outcome:${outcomes}`] : []),
  ]
    .join(' ')
    .trim();
  return saysTheSame(edited, wanted, now) ? edited : printFilter(wanted);
}

function saysTheSame(
  text: string,
  wanted: FilterExpression | undefined,
  now: Date,
): boolean {
  try {
    const read = parseFilter(text, { now, subject: 'migration' });
    return printFilter(read) === printFilter(wanted);
  } catch {
    return false;
  }
}
