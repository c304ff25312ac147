import fs from 'node:fs/promises';
import { inRepository } from '../repository.mjs';

/** Names of the Backstage packages that yarn.lock holds in several versions. */
export function duplicatesInLockfile(lockfile) {
  const versions = new Map();
  for (const [, name, version] of lockfile.matchAll(
    /^ {2}resolution: "(@backstage\/[^@"]+)@npm:([^"]+)"$/gm,
  )) {
    versions.set(name, [...(versions.get(name) ?? []), version]);
  }
  return [...versions]
    .filter(([, found]) => found.length > 1)
    .map(([name, found]) => `${name} ${found.join(' and ')}`);
}

export async function duplicatedPackages() {
  return duplicatesInLockfile(
    await fs.readFile(inRepository('yarn.lock'), 'utf8'),
  );
}
