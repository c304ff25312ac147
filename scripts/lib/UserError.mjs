/** A failure that a person can act on: its message is all that is printed. */
export class UserError extends Error {
  name = 'UserError';
}

/**
 * Runs a command's main function. A UserError ends the process with its
 * sentence and exit code 1, anything else with its stack.
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(
      error instanceof UserError ? `\n✖ ${error.message}\n` : error,
    );
    process.exitCode = 1;
  }
}
