import type { ResourceDefinition, StoredObject } from '../store';
import { badRequest } from '../store/StatusError';

type Predicate = (object: StoredObject) => boolean;

const REQUIREMENT = /^([^=!]+?)(==|=|!=)(.*)$/;

/**
 * Parses a field selector: `metadata.name`, `metadata.namespace` and what the resource
 * adds, compared with `=`, `==` or `!=`, joined by commas.
 *
 * @throws StatusError 400 when it cannot be read or names another field
 */
export function parseFieldSelector(
  definition: ResourceDefinition,
  selector: string,
): Predicate {
  const predicates = selector
    .split(',')
    .filter(part => part !== '')
    .map(part => parseRequirement(definition, part));
  return object => predicates.every(predicate => predicate(object));
}

function parseRequirement(
  definition: ResourceDefinition,
  part: string,
): Predicate {
  const match = REQUIREMENT.exec(part);
  if (!match) {
    throw badRequest(`invalid selector: '${part}'; can't understand '${part}'`);
  }
  const [, field, operator, value] = match;
  const read = readerOf(definition, field);
  return operator === '!='
    ? object => read(object) !== value
    : object => read(object) === value;
}

function readerOf(
  definition: ResourceDefinition,
  field: string,
): (object: StoredObject) => string {
  if (field === 'metadata.name') return object => object.name;
  if (field === 'metadata.namespace') return object => object.namespace ?? '';
  if (definition.selectableFields?.includes(field)) {
    const path = field.split('.');
    return object => textAt(object.object, path);
  }
  throw badRequest(`field label not supported: ${field}`);
}

/** As Kubernetes has it, a field that is absent equals the empty text. */
function textAt(object: object, path: string[]): string {
  let value: unknown = object;
  for (const segment of path) {
    value =
      typeof value === 'object' && value !== null
        ? Reflect.get(value, segment)
        : undefined;
  }
  return value === undefined || value === null ? '' : String(value);
}
