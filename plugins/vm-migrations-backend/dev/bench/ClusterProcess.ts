import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ClusterSource } from 'backstage-plugin-vm-migrations-node';
import { createClusterSource } from '../../src/clusters';
import {
  fromClustersSchema,
  type ClusterAddress,
  type FromClusters,
  type ToClusters,
} from './messages';

/** The process with the simulated clusters, seen from the benchmark. */
export class ClusterProcess {
  readonly clusters: ClusterAddress[];
  readonly token: string;
  readonly #child: ChildProcess;

  private constructor(
    child: ChildProcess,
    clusters: ClusterAddress[],
    token: string,
  ) {
    this.#child = child;
    this.clusters = clusters;
    this.token = token;
  }

  static async start(clusters: number): Promise<ClusterProcess> {
    const child = fork(join(__dirname, 'clustersMain.ts'), {
      execArgv: [
        '--max-old-space-size=8192',
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      ],
    });
    const token = randomBytes(16).toString('hex');
    const answer = await ask(child, { type: 'start', clusters, token });
    if (answer.type !== 'started') {
      throw new Error('The simulated clusters did not start');
    }
    return new ClusterProcess(child, answer.clusters, token);
  }

  /** What a backend needs to watch them. */
  async sources(): Promise<ClusterSource[]> {
    return Promise.all(
      this.clusters.map(({ name, url }, index) =>
        createClusterSource({
          name,
          key: `clusters[${index}]`,
          access: {
            type: 'url',
            url,
            skipTLSVerify: false,
            credentials: { type: 'token', token: this.token },
          },
        }),
      ),
    );
  }

  /** Asks for something and waits until it is done. */
  async run(message: ToClusters): Promise<void> {
    await ask(this.#child, message);
  }

  /** Tells how many events have been read, so that more may follow. */
  acknowledge(events: number): void {
    this.#child.send({ type: 'acknowledge', events } satisfies ToClusters);
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }
}

/** Other messages than those of `clustersMain.ts` are the loader's and none of ours. */
function ask(child: ChildProcess, message: ToClusters): Promise<FromClusters> {
  return new Promise((resolve, reject) => {
    const died = () => reject(new Error('The simulated clusters have died'));
    const listen = (answer: unknown) => {
      const parsed = fromClustersSchema.safeParse(answer);
      if (parsed.success) {
        child.off('exit', died).off('message', listen);
        resolve(parsed.data);
      }
    };
    child.once('exit', died).on('message', listen);
    child.send(message);
  });
}
