import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reportFailure } from './setup/setup-error.mjs';
import { countLine, sumCounts } from './testing/counts.mjs';
import { chooseParts, testSteps } from './testing/plan.mjs';
import { runSteps } from './testing/run-steps.mjs';

/**
 * Sets up what the chosen parts need, runs them, and ends with one line that counts all their tests.
 * @param {readonly string[]} args names of parts; none asks for all
 */
export async function testEverything(args) {
  const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
  try {
    const parts = chooseParts(args);
    const steps = testSteps(root, join(root, 'build', 'test-reports')).filter(({ part }) => parts.includes(part));
    const results = await runSteps(steps, root);
    const total = sumCounts(results.map(({ counts }) => counts));
    console.log('\n--- summary');
    for (const { step, counts, seconds, reason, failures = [] } of results) {
      const verdict = counts.failed > 0 ? 'FAIL' : 'ok';
      const why = reason ? ` (${reason})` : '';
      console.log(
        `${verdict.padEnd(4)} ${step.part}: ${step.name}: ${countLine(counts)} in ${seconds.toFixed(1)} s${why}`,
      );
      for (const name of failures) console.log(`     failed: ${name}`);
    }
    process.exitCode = total.failed > 0 ? 1 : 0;
    console.log(countLine(total));
  } catch (error) {
    reportFailure(error);
    console.log(countLine({ passed: 0, failed: 1, skipped: 0 }));
  }
}
