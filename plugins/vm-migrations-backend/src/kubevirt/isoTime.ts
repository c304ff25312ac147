const RFC_3339 =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Length of `2026-03-04T10:15:00.000Z`; a year outside 0 to 9999 is written longer. */
const ISO_LENGTH = 24;

/**
 * Kubernetes writes RFC 3339 in whole seconds; the record writes milliseconds, so that
 * times sort as text. Undefined for anything that is not such a time.
 */
export function isoTime(text: string | undefined): string | undefined {
  if (text === undefined || !RFC_3339.test(text)) {
    return undefined;
  }
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) {
    return undefined;
  }
  const iso = new Date(milliseconds).toISOString();
  return iso.length === ISO_LENGTH ? iso : undefined;
}
