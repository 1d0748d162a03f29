/** `node scripts/size.mjs`: weighs dist/ against the budgets, and fails when one is exceeded. */
import { fileURLToPath } from 'node:url';
import { reportFailure } from './setup/setup-error.mjs';
import { describeBudgets, weighBuild } from './testing/budgets.mjs';

try {
  const weights = await weighBuild(fileURLToPath(new URL('../dist', import.meta.url)));
  console.log(describeBudgets(weights));
  if (weights.some(({ bytes, budget }) => bytes > budget)) process.exitCode = 1;
} catch (error) {
  reportFailure(error);
}
