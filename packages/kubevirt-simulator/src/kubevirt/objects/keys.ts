/** `namespace/name`: what a controller's queue and the caches go by. */
export function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
