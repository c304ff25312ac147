import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { InputError, isError } from '@backstage/errors';

/** Why a file cannot be read, in a word. */
export function unreadableBecause(error: unknown): string {
  return isError(error) && error.code === 'ENOENT'
    ? 'it does not exist'
    : `${isError(error) ? error.code ?? error.message : error}`;
}

/**
 * @param key of the configuration that names the file
 * @throws InputError naming key and file
 */
export async function requireReadable(
  file: string,
  key: string,
): Promise<void> {
  try {
    await access(file, constants.R_OK);
  } catch (error) {
    throw new InputError(
      `Invalid configuration: ${key} names the file '${file}', which cannot be read: ${unreadableBecause(
        error,
      )}`,
    );
  }
}
