/**
 * Kubernetes writes RFC 3339 in whole seconds; the record writes milliseconds, so that
 * times sort as text. Undefined for anything that is not a time.
 */
export function isoTime(text: string | undefined): string | undefined {
  if (text === undefined) {
    return undefined;
  }
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds)
    ? undefined
    : new Date(milliseconds).toISOString();
}
