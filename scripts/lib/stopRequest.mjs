const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PARENT_CHECK_MS = 500;

/**
 * Calls back with a signal's name when this process is asked to stop: by that
 * signal, or because its parent is gone. npm runs scripts through a shell,
 * which does not pass on the SIGTERM that ends it.
 *
 * @returns a function that ends the watch
 */
export function onStopRequest(callback) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(timer);
      callback('SIGTERM');
    }
  }, PARENT_CHECK_MS);
  timer.unref();
  for (const signal of SIGNALS) {
    process.on(signal, callback);
  }
  return () => {
    clearInterval(timer);
    for (const signal of SIGNALS) {
      process.off(signal, callback);
    }
  };
}
