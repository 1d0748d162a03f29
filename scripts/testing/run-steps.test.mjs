import { describe, expect, it } from 'vitest';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grantedSeconds, runSteps } from './run-steps.mjs';
import { vitestReport } from './counts.mjs';

describe('the time of a step', () => {
  it('is an hour on a machine of one’s own, however long the steps before took', () => {
    expect([0, 5000].map((elapsed) => grantedSeconds(elapsed, false))).toEqual([3600, 3600]);
  });

  it('is what is left of a run that is ended from outside after 45 minutes', () => {
    for (const elapsed of [0, 600, 2000]) expect(elapsed + grantedSeconds(elapsed, true)).toBeLessThan(45 * 60);
    expect(grantedSeconds(10_000, true)).toBe(120);
  });
});

describe('running every step', () => {
  /** @type {(name: string, script: string, more?: object) => import('./plan.mjs').Step} */
  const step = (name, script, more = {}) => ({
    part: 'checks',
    name,
    needs: [],
    program: 'node',
    args: ['-e', script],
    ...more,
  });

  it('goes on after a failure, and answers in the order of the plan', async () => {
    const results = await runSteps(
      [
        step('alone', ''),
        step('fails', 'process.exit(3)', { single: true }),
        step('passes', 'console.log(1)', { single: true }),
      ],
      '/',
    );
    expect(results.map(({ step: { name }, counts }) => [name, counts.passed, counts.failed])).toEqual([
      ['alone', 1, 0],
      ['fails', 0, 1],
      ['passes', 1, 0],
    ]);
  });

  it('names the tests that a report says failed, and believes no report that a crash left behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'counterpart-steps-'));
    const file = join(folder, 'report.json');
    const report = {
      numPassedTests: 1,
      numFailedTests: 1,
      numPendingTests: 0,
      testResults: [
        { name: 'src/a.test.ts', status: 'failed', assertionResults: [{ status: 'failed', fullName: 'holds' }] },
      ],
    };
    const write = `require('fs').writeFileSync(${JSON.stringify(file)}, ${JSON.stringify(JSON.stringify(report))}); process.exit(1)`;
    const [failed] = await runSteps([step('fails', write, { report: { file, read: vitestReport } })], '/');
    expect(failed).toMatchObject({ counts: { passed: 1, failed: 1 }, failures: ['src/a.test.ts: holds'] });
    const [crashed] = await runSteps(
      [step('crashes', 'process.exit(9)', { report: { file, read: vitestReport } })],
      '/',
    );
    expect(crashed).toMatchObject({ counts: { passed: 0, failed: 1 }, reason: expect.stringContaining('status 9') });
  });
});
