/** Reads how many tests passed from what the runners wrote. A runner that stopped without a result is a failure, never a pass. */

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {Counts & { failures: readonly string[] }} Report what a runner wrote: counts, and the names of what failed, each with the first words of why */

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
 * @returns {Report}
 */
export function vitestReport(report) {
  /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests?: number, testResults?: { name?: string, status: string, assertionResults: { status: string, fullName?: string, failureMessages?: string[] }[] }[] }} */
  const parsed = JSON.parse(report);
  const files = (parsed.testResults ?? []).filter(({ status }) => status === 'failed');
  // A file that cannot be loaded fails without any test of its own.
  const unloadable = files.filter(
    ({ assertionResults }) => !assertionResults.some(({ status }) => status === 'failed'),
  );
  return {
    passed: parsed.numPassedTests,
    failed: parsed.numFailedTests + unloadable.length,
    skipped: parsed.numPendingTests + (parsed.numTodoTests ?? 0),
    failures: [
      ...files.flatMap(({ name = '', assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === 'failed')
          .map(({ fullName = '', failureMessages = [] }) =>
            withReason(`${shortPath(name)}: ${fullName}`, failureMessages[0]),
          ),
      ),
      ...unloadable.map(({ name = '' }) => `${shortPath(name)} could not be loaded`),
    ],
  };
}

/** @typedef {{ title: string, ok: boolean, file?: string, tests?: { results?: { error?: { message?: string } }[] }[] }} Spec */

/** @typedef {{ title?: string, file?: string, specs?: Spec[], suites?: Suite[] }} Suite */

/**
 * @param {string} report Playwright's JSON
 * @returns {Report}
 */
export function playwrightReport(report) {
  /** @type {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors?: { message?: string }[], suites?: Suite[] }} */
  const { stats, errors = [], suites = [] } = JSON.parse(report);
  /** @type {(suite: Suite) => string[]} */
  const failedIn = (suite) => [
    ...(suite.specs ?? [])
      .filter(({ ok }) => !ok)
      .map(({ title, file = '', tests = [] }) => {
        const errors = tests.flatMap(({ results = [] }) => results.flatMap(({ error }) => error?.message ?? []));
        return withReason(`${file}: ${title}`, errors[0]);
      }),
    ...(suite.suites ?? []).flatMap(failedIn),
  ];
  return {
    passed: stats.expected,
    // A test that passes only sometimes has failed.
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: [...suites.flatMap(failedIn), ...errors.map(({ message = 'an error outside any test' }) => message)],
  };
}

/**
 * @param {string} report JUnit XML as pytest writes it
 * @returns {Report}
 */
export function junitReport(report) {
  const suites = [...report.matchAll(/<testsuite\s[^>]*>/g)].map(([tag]) => {
    const count = (/** @type {string} */ name) => Number(attribute(tag, name) ?? 0);
    const failed = count('failures') + count('errors');
    const skipped = count('skipped');
    return { passed: count('tests') - failed - skipped, failed, skipped };
  });
  const failures = [...report.matchAll(/(<testcase\s[^>]*[^/])>\s*(<(?:failure|error)\b[^>]*)>/g)].map(
    ([, tag = '', failure = '']) =>
      withReason(
        `${attribute(tag, 'classname') ?? ''}: ${attribute(tag, 'name') ?? ''}`,
        attribute(failure, 'message'),
      ),
  );
  return { ...sumCounts(suites), failures };
}

/** As much of a reason as a summary has room for. */
const REASON_LENGTH = 400;

/**
 * A failed test's name and why it failed, on one line: where only the end of a log is kept, it is all that is left.
 * @param {string} name
 * @param {string | undefined} reason as the runner tells it, over several lines and in colours
 */
function withReason(name, reason = '') {
  const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
  const told = reason.replaceAll(colours, '').replaceAll(/\s+/g, ' ').trim();
  return told === '' ? name : `${name} (${told.slice(0, REASON_LENGTH)})`;
}

/**
 * @param {string} tag
 * @param {string} name
 */
function attribute(tag, name) {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
}

/**
 * A file's path from the folder of the sources on.
 * @param {string} path
 */
function shortPath(path) {
  return /(?:^|[\\/])((?:src|scripts|bench)[\\/].*)$/.exec(path)?.[1] ?? path;
}
