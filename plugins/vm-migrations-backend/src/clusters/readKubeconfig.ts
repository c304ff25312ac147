import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '@backstage/errors';
import {
  KubeConfig,
  type Cluster,
  type Context,
  type User,
} from '@kubernetes/client-node';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { requireReadable, unreadableBecause } from './readableFile';

/**
 * A kubeconfig file → a KubeConfig with one context only. client-node finds exec plugins
 * by their user's name and merges files by it, so contexts that share a KubeConfig would
 * share credentials. Three things that kubectl does and client-node leaves out are added:
 * `tokenFile`, exec commands relative to the file, and KUBERNETES_EXEC_INFO.
 */

const execSchema = z.looseObject({
  apiVersion: z.string(),
  command: z.string(),
  env: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .nullish()
    .transform(env => env ?? []),
  provideClusterInfo: z.boolean().optional(),
});

const kubeconfigSchema = z.object({
  users: z
    .array(
      z.object({
        name: z.string(),
        user: z
          .object({
            tokenFile: z.string().optional(),
            exec: execSchema.nullish(),
          })
          .nullish(),
      }),
    )
    .nullish()
    .transform(users => users ?? []),
});

type RawUser = NonNullable<
  z.infer<typeof kubeconfigSchema>['users'][number]['user']
>;

/** Which file, which of its contexts, and where the configuration says so. */
export interface KubeconfigReference {
  kubeconfig: string;
  context?: string;
  /** Key of the cluster's entry, for messages. */
  key: string;
}

function parse(text: string, { kubeconfig, key }: KubeconfigReference) {
  // Without pretty errors, because those quote the line, which may hold a token.
  const document = parseDocument(text, { prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const line = text.slice(0, error.pos[0]).split('\n').length;
    throw new InputError(
      `Invalid configuration: ${key}.kubeconfig names '${kubeconfig}', which is no YAML: ${error.code} in line ${line}`,
    );
  }
  const result = kubeconfigSchema.safeParse(document.toJS());
  if (!result.success) {
    throw new InputError(
      `Invalid configuration: ${key}.kubeconfig names '${kubeconfig}', which is no kubeconfig: ${result.error.issues[0].path.join(
        '.',
      )} ${result.error.issues[0].message}`,
    );
  }
  return result.data;
}

function chooseContext(
  kubeConfig: KubeConfig,
  { kubeconfig, context, key }: KubeconfigReference,
): { context: Context; cluster: Cluster } {
  const names = kubeConfig.getContexts().map(({ name }) => name);
  const known = `its contexts are: ${names.join(', ') || 'none'}`;
  const name =
    context ??
    (kubeConfig.getCurrentContext() ||
      (names.length === 1 ? names[0] : undefined));
  if (name === undefined) {
    throw new InputError(
      `Invalid configuration: ${key}.context is missing, and the kubeconfig '${kubeconfig}' has no current context; ${known}`,
    );
  }
  const chosen = kubeConfig.getContextObject(name);
  if (chosen === null) {
    throw new InputError(
      context === undefined
        ? `Invalid configuration: ${key}.context is missing, and the current context '${name}' of the kubeconfig '${kubeconfig}' does not exist; ${known}`
        : `Invalid configuration: ${key}.context '${name}' is not in the kubeconfig '${kubeconfig}'; ${known}`,
    );
  }
  const cluster = kubeConfig.getCluster(chosen.cluster);
  if (cluster === null) {
    throw new InputError(
      `Invalid configuration: ${key}: context '${name}' of the kubeconfig '${kubeconfig}' names the cluster '${chosen.cluster}', which is not in the file or has no server`,
    );
  }
  return { context: chosen, cluster };
}

function chooseUser(
  kubeConfig: KubeConfig,
  context: Context,
  { kubeconfig, key }: KubeconfigReference,
): User {
  if (context.user === undefined) {
    return { name: 'anonymous' };
  }
  const user = kubeConfig.getUser(context.user);
  if (user === null) {
    throw new InputError(
      `Invalid configuration: ${key}: context '${context.name}' of the kubeconfig '${kubeconfig}' names the user '${context.user}', which is not in the file`,
    );
  }
  return user;
}

function execInfo(exec: z.infer<typeof execSchema>, cluster: Cluster): string {
  return JSON.stringify({
    apiVersion: exec.apiVersion,
    kind: 'ExecCredential',
    spec: {
      interactive: false,
      cluster: exec.provideClusterInfo
        ? {
            server: cluster.server,
            'tls-server-name': cluster.tlsServerName,
            'insecure-skip-tls-verify': cluster.skipTLSVerify,
            'certificate-authority-data': cluster.caData,
          }
        : undefined,
    },
  });
}

function withKubectlsBehaviour(
  user: User,
  raw: RawUser | null | undefined,
  cluster: Cluster,
  folder: string,
): User {
  if (raw?.tokenFile !== undefined) {
    const tokenFile = path.resolve(folder, raw.tokenFile);
    return {
      ...user,
      token: undefined,
      authProvider: { name: 'tokenFile', config: { tokenFile } },
    };
  }
  if (raw?.exec) {
    const { command, env } = raw.exec;
    return {
      ...user,
      exec: {
        ...raw.exec,
        command: command.includes('/')
          ? path.resolve(folder, command)
          : command,
        env: [
          { name: 'KUBERNETES_EXEC_INFO', value: execInfo(raw.exec, cluster) },
          ...env,
        ],
      },
    };
  }
  return user;
}

/**
 * Reads the one context of a kubeconfig that a cluster is reached by.
 *
 * @throws InputError naming the key when the file cannot be read, is no kubeconfig, lacks
 * the context or what it refers to
 */
export async function readKubeconfig(
  reference: KubeconfigReference,
): Promise<KubeConfig> {
  const { kubeconfig, key } = reference;
  let text: string;
  try {
    text = await readFile(kubeconfig, 'utf8');
  } catch (error) {
    throw new InputError(
      `Invalid configuration: ${key}.kubeconfig '${kubeconfig}' cannot be read: ${unreadableBecause(
        error,
      )}`,
    );
  }
  const raw = parse(text, reference);
  const folder = path.dirname(path.resolve(kubeconfig));
  const whole = new KubeConfig();
  // Other entries of the file need not concern us.
  whole.loadFromString(text, { onInvalidEntry: 'filter' });
  whole.makePathsAbsolute(folder);

  const { context, cluster } = chooseContext(whole, reference);
  const user = withKubectlsBehaviour(
    chooseUser(whole, context, reference),
    raw.users.find(({ name }) => name === context.user)?.user,
    cluster,
    folder,
  );
  for (const file of [cluster.caFile, user.certFile, user.keyFile]) {
    if (file) {
      await requireReadable(file, `${key}.kubeconfig`);
    }
  }

  const single = new KubeConfig();
  single.loadFromOptions({
    clusters: [cluster],
    users: [user],
    contexts: [{ ...context, user: user.name }],
    currentContext: context.name,
  });
  return single;
}
