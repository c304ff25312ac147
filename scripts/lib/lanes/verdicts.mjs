/*
 * What a lane answers: how much passed, failed and was skipped, and why it
 * could not run.
 */

export function passed(count = 1) {
  return { passed: count, failed: 0, skipped: 0 };
}

export function failed(count = 1) {
  return { passed: 0, failed: count, skipped: 0 };
}

/** @param reason why, and what would enable the lane */
export function skipped(reason) {
  return { passed: 0, failed: 0, skipped: 1, reason };
}

export function fromExitCodes(...exitCodes) {
  return exitCodes.every(code => code === 0) ? passed() : failed();
}

/**
 * Where nothing may be skipped (CI), what was skipped has failed.
 */
export function withoutSkips(verdict) {
  return {
    ...verdict,
    failed: verdict.failed + verdict.skipped,
    skipped: 0,
  };
}

export function sum(verdicts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const verdict of verdicts) {
    total.passed += verdict.passed;
    total.failed += verdict.failed;
    total.skipped += verdict.skipped;
  }
  return total;
}

/** The closing line: `N passed, N failed` and `, N skipped` where N > 0. */
export function closingLine(total) {
  const skips = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  return `${total.passed} passed, ${total.failed} failed${skips}`;
}
