/** Milliseconds as a person reads them: `0.4 s`, `12.3 s`, `3 min 5 s`. */
export function formatDuration(durationMs) {
  if (durationMs < 100_000) {
    return `${(durationMs / 1000).toFixed(1)} s`;
  }
  const seconds = Math.round(durationMs / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Runs one step and prints its title before, its time after. Steps go to
 * standard error, so that a command's own output stays clean.
 */
export async function step(title, action) {
  console.error(`▸ ${title}`);
  const started = performance.now();
  const result = await action();
  console.error(`  done in ${formatDuration(performance.now() - started)}`);
  return result;
}
