/** What of a watch event can be compared between a recording and a simulation. */
export interface Outline {
  type: string;
  phase: string;
  /** Paths of the fields that are there, without what every run names anew. */
  fields: string[];
}

interface WatchEvent {
  type: string;
  object: Record<string, unknown>;
}

export function outline({ type, object }: WatchEvent): Outline {
  const { spec: _spec, ...rest } = object;
  const fields = leaves(rest).map(normalized);
  return {
    type,
    phase: String(at(object, 'status', 'phase') ?? ''),
    fields: [...new Set(fields)].filter(isCompared).sort(),
  };
}

export function at(value: unknown, ...path: string[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Object.entries(found).find(([name]) => name === key)?.[1];
  }
  return found;
}

/** Where an object came from, and how it got its name, is the creator's affair. */
function isCompared(field: string): boolean {
  return !/^metadata\.(ownerReferences|generateName|labels\.(app|plan|vmID|migration)$)/.test(
    field,
  );
}

/** Pod uids and ports are keys that differ from run to run. */
function normalized(field: string): string {
  return field
    .replace(/(activePods)\..+$/, '$1.*')
    .replace(
      /(DirectMigrationNodePorts|directMigrationNodePorts)\..+$/,
      '$1.*',
    );
}

function leaves(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  const children = Object.entries(value);
  if (children.length === 0) return [path];
  return children.flatMap(([key, child]) =>
    leaves(child, path ? `${path}.${key}` : key),
  );
}
