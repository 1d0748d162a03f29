/** Reads how many tests passed from what the runners wrote. A runner that stopped without a result is a failure, never a pass. */

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @type {Readonly<Counts>} */
export const NONE = Object.freeze({ passed: 0, failed: 0, skipped: 0 });

/** @param {readonly Counts[]} all */
export function sumCounts(all) {
  return all.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    NONE,
  );
}

/**
 * The line that ends a run.
 * @param {Counts} counts
 */
export function countLine({ passed, failed, skipped }) {
  const line = `${String(passed)} passed, ${String(failed)} failed`;
  return skipped > 0 ? `${line}, ${String(skipped)} skipped` : line;
}

/**
 * A runner's counts made to agree with its exit status: a bad status with nothing failed is one failure (it crashed, or
 * a file could not be loaded), and so is a good one with nothing run.
 * @param {Counts | undefined} counts undefined when the runner left no readable report
 * @param {number} status
 * @returns {Counts}
 */
export function reconcile(counts, status) {
  const known = counts ?? NONE;
  const silent = known.failed === 0 && (status !== 0 || known.passed + known.skipped === 0);
  return silent ? { ...known, failed: 1 } : known;
}

/**
 * @param {string} report vitest's JSON
 * @returns {Counts}
 */
export function vitestCounts(report) {
  /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests?: number, testResults?: { status: string, assertionResults: { status: string }[] }[] }} */
  const parsed = JSON.parse(report);
  // A file that cannot be loaded fails without any test of its own.
  const unloadable = (parsed.testResults ?? []).filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return {
    passed: parsed.numPassedTests,
    failed: parsed.numFailedTests + unloadable,
    skipped: parsed.numPendingTests + (parsed.numTodoTests ?? 0),
  };
}

/**
 * @param {string} report Playwright's JSON
 * @returns {Counts}
 */
export function playwrightCounts(report) {
  /** @type {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors?: unknown[] }} */
  const { stats, errors = [] } = JSON.parse(report);
  // A test that passes only sometimes has failed.
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/**
 * @param {string} report JUnit XML as pytest writes it
 * @returns {Counts}
 */
export function junitCounts(report) {
  const suites = [...report.matchAll(/<testsuite\s[^>]*>/g)].map(([tag]) => {
    const attribute = (/** @type {string} */ name) => Number(new RegExp(`\\s${name}="(\\d+)"`).exec(tag)?.[1] ?? 0);
    const failed = attribute('failures') + attribute('errors');
    const skipped = attribute('skipped');
    return { passed: attribute('tests') - failed - skipped, failed, skipped };
  });
  return sumCounts(suites);
}
