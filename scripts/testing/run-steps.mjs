import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensureBuild } from '../setup/build.mjs';
import { ensureChromium } from '../setup/chromium.mjs';
import { runCommand } from '../setup/command.mjs';
import { ensureDependencies } from '../setup/dependencies.mjs';
import { ensurePythonEnvironment } from '../setup/python.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { reconcile } from './counts.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */
/** @typedef {import('./plan.mjs').Step} Step */
/** @typedef {import('./plan.mjs').Need} Need */
/** @typedef {{ step: Step, counts: Counts, seconds: number, reason?: string }} Result */

/** A step that hangs is ended, so that the run still closes with its count. Long: a machine may be busy with something else. */
const LONGEST_STEP_SECONDS = 60 * 60;

/** Where a job is ended from outside, as in continuous integration, the whole run must have closed before. */
const LONGEST_RUN_SECONDS = 43 * 60;

/** What a late step is granted at least, so that it can still say that it failed. */
const LEAST_STEP_SECONDS = 120;

/**
 * @param {number} elapsed seconds since the run began
 * @param {boolean} ended whether the run is ended from outside
 */
export function grantedSeconds(elapsed, ended) {
  if (!ended) return LONGEST_STEP_SECONDS;
  return Math.max(LEAST_STEP_SECONDS, Math.floor(LONGEST_RUN_SECONDS - elapsed));
}

/**
 * The set-up that steps need, each done at most once; a failure is remembered and fails every step that needs it.
 * @param {string} root
 * @returns {(need: Need) => Promise<string | undefined>} resolves to what the set-up yields: a program's path, or nothing
 */
function preparation(root) {
  /** @type {Record<Need, () => Promise<string | undefined>>} */
  const make = {
    dependencies: async () => (await ensureDependencies(root), undefined),
    build: async () => (await ensureBuild(root), undefined),
    python: () => ensurePythonEnvironment(root),
    chromium: () => ensureChromium(),
  };
  /** @type {Map<Need, Promise<string | undefined>>} */
  const done = new Map();
  return (need) => {
    const started = done.get(need) ?? make[need]();
    done.set(need, started);
    return started;
  };
}

/** @param {unknown} error */
function describe(error) {
  if (error instanceof SetupError) return `${error.message} ${error.advice}`;
  return error instanceof Error ? error.message : String(error);
}

/**
 * Runs every step, whatever becomes of those before it.
 * @param {readonly Step[]} steps
 * @param {string} root
 * @returns {Promise<Result[]>}
 */
export async function runSteps(steps, root) {
  const prepare = preparation(root);
  const began = performance.now();
  /** @type {Result[]} */
  const results = [];
  for (const step of steps) {
    console.log(`\n--- ${step.part}: ${step.name}`);
    let started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    /** @type {Map<Need, string | undefined>} */
    const ready = new Map();
    try {
      for (const need of step.needs) ready.set(need, await prepare(need));
    } catch (error) {
      console.error(describe(error));
      results.push({
        step,
        counts: { passed: 0, failed: 1, skipped: 0 },
        seconds: seconds(),
        reason: 'its set-up failed',
      });
      continue;
    }
    if (seconds() > 1) console.log(`set up in ${seconds().toFixed(1)} s`);
    started = performance.now();
    if (step.report) {
      await mkdir(dirname(step.report.file), { recursive: true });
      await rm(step.report.file, { force: true });
    }
    const program = step.program === 'python' ? (ready.get('python') ?? 'python3') : process.execPath;
    const chromium = ready.get('chromium');
    const timeoutSeconds = grantedSeconds((performance.now() - began) / 1000, Boolean(process.env['CI']));
    const { status } = await runCommand(program, step.args, {
      timeoutSeconds,
      cwd: join(root, step.folder ?? '.'),
      env: {
        COUNTERPART_STEP_SECONDS: String(timeoutSeconds),
        ...step.environment,
        ...(chromium ? { CHROMIUM_PATH: chromium } : {}),
      },
    });
    results.push({ step, seconds: seconds(), ...(await outcome(step, status)) });
  }
  return results;
}

/**
 * @param {Step} step
 * @param {number} status
 * @returns {Promise<{ counts: Counts, reason?: string }>}
 */
async function outcome(step, status) {
  if (!step.report) {
    return { counts: { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 } };
  }
  /** @type {Counts | undefined} */
  let counts;
  try {
    counts = step.report.read(await readFile(step.report.file, 'utf8'));
  } catch {
    counts = undefined;
  }
  const reconciled = reconcile(counts, status);
  if (counts && reconciled.failed === counts.failed) return { counts };
  return { counts: reconciled, reason: `it ended with status ${String(status)} and no result that explains it` };
}
