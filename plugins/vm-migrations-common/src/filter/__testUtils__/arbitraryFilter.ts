import fc from 'fast-check';
import {
  directionSchema,
  migrationKindSchema,
  outcomeSchema,
  PHASES,
} from '../../model';
import {
  FILTER_KEYS,
  FILTER_TIMES,
  type FilterExpression,
  type FilterKey,
} from '../FilterExpression';

// Small alphabets make records and filters meet; the odd characters are the ones that the
// language itself uses.
const nameArbitrary = fc.oneof(
  fc.constantFrom('kista', 'kista-1', 'solna-1', 'vm-1', 'vm-2', 'OR', 'NOT'),
  fc.string({
    unit: fc.constantFrom(
      ...['a', 'b', ' ', ',', ':', '"', '\\', '(', ')', '*', '-', '!', '@'],
    ),
    minLength: 1,
    maxLength: 6,
  }),
);

const valueArbitraries: Record<FilterKey, fc.Arbitrary<string>> = {
  id: nameArbitrary,
  outcome: fc.constantFrom(...outcomeSchema.options),
  phase: fc.oneof(
    fc.constantFrom<string>(...PHASES),
    fc.constant('SomeLaterPhase'),
  ),
  kind: fc.constantFrom(...migrationKindSchema.options),
  cluster: nameArbitrary,
  datacenter: nameArbitrary,
  namespace: nameArbitrary,
  vm: nameArbitrary,
  node: nameArbitrary,
  migration: nameArbitrary,
  status: nameArbitrary,
};

const termArbitrary = fc
  .constantFrom(...FILTER_KEYS)
  .chain(key =>
    fc
      .array(valueArbitraries[key], { minLength: 1, maxLength: 3 })
      .map((values): FilterExpression => ({ type: 'term', key, values })),
  );

const momentArbitrary = fc.oneof(
  fc
    .integer({ min: 0, max: 40_000 })
    .map(days => new Date(days * 86_400_000).toISOString()),
  fc
    .date({
      min: new Date('1970-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    })
    .map(date => date.toISOString()),
);

const timeArbitrary = fc
  .tuple(
    fc.constantFrom(...FILTER_TIMES),
    fc.uniqueArray(momentArbitrary, { minLength: 2, maxLength: 2 }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([time, moments, hasFrom, hasTo]): FilterExpression => {
    const [from, to] = moments.sort();
    return {
      type: 'time',
      time,
      ...(hasFrom && { from }),
      ...(hasTo && { to }),
    };
  });

const directionArbitrary = fc
  .tuple(
    fc.constantFrom(...directionSchema.options),
    fc.oneof(
      nameArbitrary.map(datacenter => ({ datacenter })),
      fc
        .constantFrom('cluster:x', 'datacenter:y')
        .map(datacenter => ({ datacenter })),
      nameArbitrary.map(cluster => ({ cluster })),
    ),
  )
  .map(
    ([direction, of]): FilterExpression => ({
      type: 'direction',
      direction,
      of,
    }),
  );

const textArbitrary = nameArbitrary.map(
  (text): FilterExpression => ({ type: 'text', text }),
);

/** Any filter that the language can express. */
export const filterArbitrary: fc.Arbitrary<FilterExpression> = fc.letrec<{
  any: FilterExpression;
}>(tie => ({
  any: fc.oneof(
    { maxDepth: 3 },
    termArbitrary,
    timeArbitrary,
    directionArbitrary,
    textArbitrary,
    fc
      .array(tie('any'), { minLength: 1, maxLength: 3 })
      .map((operands): FilterExpression => ({ type: 'and', operands })),
    fc
      .array(tie('any'), { minLength: 1, maxLength: 3 })
      .map((operands): FilterExpression => ({ type: 'or', operands })),
    tie('any').map((operand): FilterExpression => ({ type: 'not', operand })),
  ),
})).any;
