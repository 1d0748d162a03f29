import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countLine, junitReport, playwrightReport, reconcile, sumCounts, vitestReport } from './counts.mjs';

const counts = fc.record({ passed: fc.nat(999), failed: fc.nat(999), skipped: fc.nat(999) });

describe('the closing line', () => {
  it('names skipped tests only when there are any', () => {
    expect(countLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(countLine({ passed: 12, failed: 1, skipped: 3 })).toBe('12 passed, 1 failed, 3 skipped');
  });

  it('sums every part', () => {
    fc.assert(
      fc.property(fc.array(counts), (parts) => {
        const total = sumCounts(parts);
        expect(total.failed).toBe(parts.reduce((sum, part) => sum + part.failed, 0));
        expect(total.passed + total.skipped).toBe(parts.reduce((sum, part) => sum + part.passed + part.skipped, 0));
      }),
    );
  });
});

describe('a runner’s counts and its exit status', () => {
  it('never let a bad status pass', () => {
    fc.assert(
      fc.property(fc.option(counts, { nil: undefined }), fc.integer({ min: 1, max: 255 }), (known, status) => {
        expect(reconcile(known, status).failed).toBeGreaterThan(0);
      }),
    );
  });

  it('never let a run of nothing pass', () => {
    expect(reconcile(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(reconcile({ passed: 0, failed: 0, skipped: 0 }, 0).failed).toBe(1);
  });

  it('are left alone when they agree', () => {
    expect(reconcile({ passed: 3, failed: 0, skipped: 1 }, 0)).toEqual({ passed: 3, failed: 0, skipped: 1 });
    expect(reconcile({ passed: 3, failed: 2, skipped: 0 }, 1)).toEqual({ passed: 3, failed: 2, skipped: 0 });
  });
});

describe('reports', () => {
  it('of vitest count a file that cannot be loaded as a failure, and name what failed', () => {
    const report = {
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 0,
      testResults: [
        {
          name: '/home/somebody/counterpart/src/imaging/png.test.ts',
          status: 'failed',
          assertionResults: [
            { status: 'failed', fullName: 'a PNG is read', failureMessages: ['expected 1\n  to be 2\n  at png.ts'] },
            { status: 'passed' },
          ],
        },
        { name: 'src/app/App.test.tsx', status: 'failed', assertionResults: [] },
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    };
    expect(vitestReport(JSON.stringify(report))).toEqual({
      passed: 5,
      failed: 2,
      skipped: 2,
      failures: [
        'src/imaging/png.test.ts: a PNG is read (expected 1 to be 2 at png.ts)',
        'src/app/App.test.tsx could not be loaded',
      ],
    });
  });

  it('of Playwright count an unsteady test and a broken configuration as failures, and name what failed', () => {
    const failed = { results: [{ error: { message: '\u001b[31mTest timeout\u001b[39m of 5 ms' } }] };
    const report = {
      stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 },
      errors: [{ message: 'no tests' }],
      suites: [
        {
          suites: [{ specs: [{ title: 'erases', ok: false, file: 'erase.spec.ts', tests: [failed] }] }],
          specs: [{ title: 'opens', ok: true }],
        },
      ],
    };
    expect(playwrightReport(JSON.stringify(report))).toEqual({
      passed: 4,
      failed: 3,
      skipped: 2,
      failures: ['erase.spec.ts: erases (Test timeout of 5 ms)', 'no tests'],
    });
  });

  it('of pytest count errors in set-up as failures, and name what failed', () => {
    const report = `<?xml version="1.0"?><testsuites name="pytest tests"><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="1">
      <testcase classname="tests.test_data" name="test_splits" time="0.1" />
      <testcase classname="tests.test_data" name="test_rows" time="0.1"><failure message="no">...</failure></testcase>
      </testsuite></testsuites>`;
    expect(junitReport(report)).toEqual({
      passed: 4,
      failed: 3,
      skipped: 3,
      failures: ['tests.test_data: test_rows (no)'],
    });
  });
});
