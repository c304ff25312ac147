/**
 * True when the value equals the pattern, `*` in the pattern standing for any characters.
 *
 * @public
 */
export function matchesPattern(pattern: string, value: string): boolean {
  if (!pattern.includes('*')) {
    return pattern === value;
  }
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop() ?? '';
  if (
    value.length < first.length + last.length ||
    !value.startsWith(first) ||
    !value.endsWith(last)
  ) {
    return false;
  }
  // Leftmost matches of the middle parts leave most for those that follow.
  let position = first.length;
  const end = value.length - last.length;
  for (const part of rest) {
    const found = value.indexOf(part, position);
    if (found < 0 || found + part.length > end) {
      return false;
    }
    position = found + part.length;
  }
  return true;
}
