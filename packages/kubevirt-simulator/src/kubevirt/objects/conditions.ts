import type { Condition } from './metadata';

export function findCondition(
  conditions: Condition[] | undefined,
  type: string,
): Condition | undefined {
  return conditions?.find(condition => condition.type === type);
}

export function hasTrueCondition(
  conditions: Condition[] | undefined,
  type: string,
): boolean {
  return findCondition(conditions, type)?.status === 'True';
}

/** The list with this condition in it, in its old place when it had one. */
export function withCondition(
  conditions: Condition[] | undefined,
  condition: Condition,
): Condition[] {
  const list = conditions ?? [];
  return list.some(({ type }) => type === condition.type)
    ? list.map(old => (old.type === condition.type ? condition : old))
    : [...list, condition];
}

/** The list without it; undefined instead of an empty one, which KubeVirt omits. */
export function withoutCondition(
  conditions: Condition[] | undefined,
  type: string,
): Condition[] | undefined {
  const rest = conditions?.filter(condition => condition.type !== type);
  return rest?.length ? rest : undefined;
}
