import { CustomErrorBase, isError } from '@backstage/errors';

const MAX_REASON_LENGTH = 300;

/** The credentials for a cluster cannot be had: a file, a plugin or a provider fails. */
export class CredentialsError extends CustomErrorBase {
  name = 'CredentialsError' as const;

  static from(error: unknown): CredentialsError {
    // A failed JSON.parse quotes what it could not read, which may be a token.
    const unreadable =
      error instanceof SyntaxError || error instanceof TypeError;
    const reason =
      unreadable || !isError(error)
        ? 'they are not in the expected form'
        : error.message.trim().slice(0, MAX_REASON_LENGTH);
    return new CredentialsError(`No credentials for the cluster: ${reason}`);
  }
}
