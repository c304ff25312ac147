import { badRequest } from './StatusError';

export type Labels = Readonly<Record<string, string>>;
type Predicate = (labels: Labels) => boolean;

const KEY = String.raw`(?:[A-Za-z0-9.-]+/)?[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?`;
const VALUE = String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?)?`;
const EXISTS = new RegExp(`^(!?)\\s*(${KEY})$`);
const EQUALITY = new RegExp(`^(${KEY})\\s*(=|==|!=)\\s*(${VALUE})$`);
const SET = new RegExp(`^(${KEY})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);

/**
 * Parses a label selector as the API server does: equality (`a=b`, `a==b`, `a!=b`), sets
 * (`a in (b,c)`, `a notin (b)`) and existence (`a`, `!a`), joined by commas.
 *
 * @throws StatusError 400 when it cannot be read
 */
export function parseLabelSelector(selector: string): Predicate {
  const predicates = splitOutsideBraces(selector)
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(part => parseRequirement(part, selector));
  return labels => predicates.every(predicate => predicate(labels));
}

function splitOutsideBraces(selector: string): string[] {
  return selector.split(/,(?![^()]*\))/);
}

function parseRequirement(part: string, selector: string): Predicate {
  const exists = EXISTS.exec(part);
  if (exists) {
    const [, not, key] = exists;
    return labels => Object.hasOwn(labels, key) === (not === '');
  }
  const equality = EQUALITY.exec(part);
  if (equality) {
    const [, key, operator, value] = equality;
    return operator === '!='
      ? labels => labels[key] !== value
      : labels => labels[key] === value;
  }
  const set = SET.exec(part);
  if (set) {
    const [, key, operator, list] = set;
    const values = new Set(list.split(',').map(value => value.trim()));
    // As in Kubernetes, a missing label is not in any set.
    return operator === 'in'
      ? labels => Object.hasOwn(labels, key) && values.has(labels[key])
      : labels => !Object.hasOwn(labels, key) || !values.has(labels[key]);
  }
  throw badRequest(
    `unable to parse requirement: found '${part}' in label selector "${selector}"`,
  );
}
