import fs from 'node:fs/promises';
import path from 'node:path';
import { UserError } from './UserError.mjs';

async function readContexts(file) {
  let text;
  try {
    text = await fs.readFile(file, 'utf8');
  } catch (error) {
    throw new UserError(
      error.code === 'ENOENT'
        ? `There is no kubeconfig ${file}: give the path of an existing one to --kubeconfig.`
        : `The kubeconfig ${file} cannot be read: ${error.message}`,
    );
  }
  // Only here: before the install there is nothing to import.
  const { parse } = await import('yaml');
  let contexts;
  try {
    contexts = parse(text)?.contexts;
  } catch (error) {
    throw new UserError(
      `The kubeconfig ${file} is not YAML: ${error.message.split('\n')[0]}`,
    );
  }
  const names = Array.isArray(contexts)
    ? contexts.map(context => context?.name).filter(Boolean)
    : [];
  if (names.length === 0) {
    throw new UserError(
      `The kubeconfig ${file} has no contexts: each cluster to watch needs one (kubectl config set-context).`,
    );
  }
  return names;
}

/**
 * Settings for `vmMigrations.clusters`: one cluster per context of the
 * kubeconfig, or per wanted context.
 *
 * @param wanted names of contexts; empty for all of them
 */
export async function clustersOfKubeconfig(file, wanted) {
  // npm runs scripts at the root, wherever it was called.
  const kubeconfig = path.resolve(process.env.INIT_CWD ?? '.', file);
  const contexts = await readContexts(kubeconfig);
  for (const name of wanted) {
    if (!contexts.includes(name)) {
      throw new UserError(
        `The kubeconfig ${kubeconfig} has no context "${name}". It has: ${contexts.join(
          ', ',
        )}.`,
      );
    }
  }
  const chosen = wanted.length > 0 ? [...new Set(wanted)] : contexts;
  return chosen.map(context => ({
    // Records are found by cluster/namespace/name, and contexts of some clouds
    // have slashes in their names.
    name: context.replaceAll('/', ':'),
    kubeconfig,
    context,
  }));
}
