/** What differs between any two API servers by nature: identity, time, place, wording of prose. */
const MASKED_FIELDS = [
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'deletionTimestamp',
  'description',
  'storageVersionHash',
  'serverAddressByClientCIDRs',
];

/** What the simulator leaves out on purpose. */
const UNKNOWN_FIELDS = ['managedFields'];

/**
 * An answer of an API server in a form in which two servers can be compared.
 *
 * @param text - a JSON document, one per line, or plain text
 */
export function comparable(
  code: number,
  contentType: string,
  text: string,
): unknown {
  return {
    code,
    contentType,
    body: contentType.includes('json')
      ? text
          .split(/\n(?=\{)/)
          .filter(line => line.trim() !== '')
          .map(line => masked(JSON.parse(line)))
      : text.trim(),
  };
}

function masked(value: unknown, field = ''): unknown {
  if (MASKED_FIELDS.includes(field)) return value === '' ? '' : `<${field}>`;
  if (field === 'continue' && value !== '') return '<continue>';
  if (field === 'causes' && Array.isArray(value)) return withoutRepeats(value);
  if (field === 'message') return maskedMessage(String(value));
  if (field === 'cells' && Array.isArray(value)) return value.map(maskedCell);
  if (Array.isArray(value)) return value.map(element => masked(element));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !UNKNOWN_FIELDS.includes(name))
      .map(([name, child]) => [name, masked(child, name)]),
  );
}

function maskedMessage(message: string): string {
  return message
    .replace(/(continue key is not valid):.*/, '$1')
    .replace(/too old resource version: \d+ \(\d+\)/, '<too old>')
    .replace(
      /The resourceVersion for the provided watch is too old\./,
      '<too old>',
    )
    .replace(/current: \d+/, 'current: <version>')
    .replace(/in record \([^)]*\)/, 'in record (<value>)');
}

/** The age of an object depends on when it was made. */
function maskedCell(cell: unknown): unknown {
  return /^\d+s$/.test(String(cell)) ? '<age>' : cell;
}

/** kube-apiserver tells some causes twice. */
function withoutRepeats(causes: unknown[]): unknown[] {
  const texts = new Set(causes.map(cause => JSON.stringify(masked(cause))));
  return [...texts].map(text => JSON.parse(text));
}
