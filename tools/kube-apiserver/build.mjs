#!/usr/bin/env node
// Builds kube-apiserver, kubectl and etcd once into the user's cache folder and
// prints the folder: what envtest calls KUBEBUILDER_ASSETS. Where that variable
// is set, nothing is built and its folder is printed.
//
// Exit code 2: no Go that could build them. 1: the build failed.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const KUBERNETES = '1.34.4';
const BINARIES = ['kube-apiserver', 'kubectl', 'etcd'];
const MODULE = path.dirname(fileURLToPath(import.meta.url));

function fail(message, exitCode) {
  console.error(message);
  process.exit(exitCode);
}

function lacking(folder) {
  return BINARIES.filter(name => !fs.existsSync(path.join(folder, name)));
}

function cacheFolder() {
  const cache = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  return path.join(cache, 'vm-migrations', `kube-apiserver-${KUBERNETES}`);
}

function assertGo() {
  const go = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  const [, major, minor] = go.stdout?.match(/^go(\d+)\.(\d+)/) ?? [];
  if (!major) {
    fail(
      'There is no Go here. Install Go 1.24 or newer, or set KUBEBUILDER_ASSETS to a folder with kube-apiserver, etcd and kubectl.',
      2,
    );
  }
  if (Number(major) === 1 && Number(minor) < 24) {
    fail(
      `Go ${major}.${minor} is too old. Install Go 1.24 or newer, or set KUBEBUILDER_ASSETS to a folder with kube-apiserver, etcd and kubectl.`,
      2,
    );
  }
}

function goBuild(output, ldflags, ...packages) {
  const build = spawnSync(
    'go',
    ['build', '-trimpath', '-ldflags', ldflags, '-o', output, ...packages],
    // The printed folder stays the only line on standard output.
    { cwd: MODULE, stdio: ['ignore', 2, 2] },
  );
  if (build.status !== 0) {
    fail(`go build ${packages.join(' ')} failed.`, 1);
  }
}

function buildInto(folder) {
  const [major, minor] = KUBERNETES.split('.');
  const version = 'k8s.io/component-base/version';
  goBuild(`${folder}/etcd`, '-s -w', 'go.etcd.io/etcd/server/v3');
  goBuild(
    `${folder}/`,
    `-s -w -X ${version}.gitVersion=v${KUBERNETES} -X ${version}.gitMajor=${major} -X ${version}.gitMinor=${minor}`,
    'k8s.io/kubernetes/cmd/kube-apiserver',
    'k8s.io/kubernetes/cmd/kubectl',
  );
}

function build(target) {
  assertGo();
  console.error(
    `Building ${BINARIES.join(', ')} ${KUBERNETES} (about 5 minutes, once) …`,
  );
  fs.mkdirSync(path.dirname(target), { recursive: true });
  // An interrupted build leaves this folder and never the target.
  const folder = fs.mkdtempSync(`${target}.`);
  try {
    buildInto(folder);
    fs.rmSync(target, { recursive: true, force: true });
    fs.renameSync(folder, target);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function main() {
  const given = process.env.KUBEBUILDER_ASSETS;
  if (given) {
    const missing = lacking(given);
    if (missing.length > 0) {
      fail(`KUBEBUILDER_ASSETS=${given} lacks ${missing.join(', ')}.`, 1);
    }
    console.log(given);
    return;
  }
  const target = cacheFolder();
  if (lacking(target).length > 0) {
    build(target);
  }
  console.log(target);
}

main();
