/** `metav1.Time`: UTC, RFC 3339, whole seconds. @param ms - milliseconds since the epoch */
export function kubernetesTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
