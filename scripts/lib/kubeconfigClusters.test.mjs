import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { clustersOfKubeconfig } from './kubeconfigClusters.mjs';

describe('clustersOfKubeconfig', () => {
  let folder;
  const write = async (name, text) => {
    const file = path.join(folder, name);
    await fs.writeFile(file, text);
    return file;
  };

  before(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'kubeconfig-'));
  });
  after(() => fs.rm(folder, { recursive: true }));

  const TWO_CONTEXTS = `
apiVersion: v1
kind: Config
contexts:
  - name: north
    context: { cluster: north, user: admin }
  - name: south
    context: { cluster: south, user: admin }
`;

  it('gives a cluster per context, with the absolute path', async () => {
    const file = await write('two.yaml', TWO_CONTEXTS);
    assert.deepEqual(
      await clustersOfKubeconfig(
        path.relative(process.env.INIT_CWD ?? '.', file),
        [],
      ),
      [
        { name: 'north', kubeconfig: file, context: 'north' },
        { name: 'south', kubeconfig: file, context: 'south' },
      ],
    );
  });

  it('gives the wanted contexts only, each once', async () => {
    const file = await write('two.yaml', TWO_CONTEXTS);
    assert.deepEqual(await clustersOfKubeconfig(file, ['south', 'south']), [
      { name: 'south', kubeconfig: file, context: 'south' },
    ]);
  });

  it('keeps slashes of a context out of the name of its cluster', async () => {
    const context = 'arn:aws:eks:eu-north-1:1:cluster/prod';
    const file = await write('eks.yaml', `contexts: [{ name: '${context}' }]`);
    assert.deepEqual(await clustersOfKubeconfig(file, []), [
      {
        name: 'arn:aws:eks:eu-north-1:1:cluster:prod',
        kubeconfig: file,
        context,
      },
    ]);
  });

  it('names the contexts there are when one is missing', async () => {
    const file = await write('two.yaml', TWO_CONTEXTS);
    await assert.rejects(
      clustersOfKubeconfig(file, ['east']),
      /no context "east". It has: north, south\./,
    );
  });

  it('says so when the file is missing, not YAML or without contexts', async () => {
    await assert.rejects(
      clustersOfKubeconfig(path.join(folder, 'none'), []),
      /There is no kubeconfig/,
    );
    await assert.rejects(
      clustersOfKubeconfig(await write('bad.yaml', 'a: [b'), []),
      /is not YAML/,
    );
    await assert.rejects(
      clustersOfKubeconfig(await write('empty.yaml', 'kind: Config'), []),
      /has no contexts/,
    );
  });
});
