import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { DEMO_SEED } from 'kubevirt-simulator';

export interface DemoSettings {
  enabled: boolean;
  /** The same seed gives the same machines. */
  seed: number;
}

const ROOT_KEY = 'vmMigrations.demo';

/** The generator takes 32 bits; a larger seed would be cut and be the same as another one. */
const LEAST_SEED = -(2 ** 31);
const GREATEST_SEED = 2 ** 31 - 1;

/** @throws InputError naming the key that is wrong */
export function readDemoSettings(config: Config): DemoSettings {
  const demo = config.getOptionalConfig(ROOT_KEY);
  const enabled = demo?.getOptionalBoolean('enabled') ?? false;
  const seed = demo?.getOptionalNumber('seed') ?? DEMO_SEED;
  if (!Number.isInteger(seed) || seed < LEAST_SEED || seed > GREATEST_SEED) {
    throw new InputError(
      `Invalid value ${seed} at '${ROOT_KEY}.seed': a whole number from ${LEAST_SEED} to ${GREATEST_SEED} is wanted`,
    );
  }
  return { enabled, seed };
}
