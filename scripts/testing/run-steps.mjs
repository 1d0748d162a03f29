import { mkdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureBuild } from '../setup/build.mjs';
import { ensureChromium } from '../setup/chromium.mjs';
import { runCommand } from '../setup/command.mjs';
import { ensureDependencies } from '../setup/dependencies.mjs';
import { ensurePythonEnvironment } from '../setup/python.mjs';
import { aloneInSetup } from '../setup/setup-lock.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { reconcile } from './counts.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */
/** @typedef {import('./plan.mjs').Step} Step */
/** @typedef {import('./plan.mjs').Need} Need */
/** @typedef {{ step: Step, counts: Counts, seconds: number, reason?: string, failures?: readonly string[] }} Result */

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
    python: () => aloneInSetup(root, () => ensurePythonEnvironment(root)),
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
 * Runs every step, whatever becomes of those before it: first those that keep one core busy, two at a time and each with
 * its output held back until it ends; then the others, one by one.
 * @param {readonly Step[]} steps
 * @param {string} root
 * @returns {Promise<Result[]>} in the order of the steps
 */
export async function runSteps(steps, root) {
  const prepare = preparation(root);
  const began = performance.now();
  /** @type {Map<Step, Result>} */
  const results = new Map();
  const single = steps.filter((step) => step.single);
  const beside = single.length > 1 && availableParallelism() > 1;
  /** @type {(queue: Step[], quiet: boolean) => Promise<void>} */
  const lane = async (queue, quiet) => {
    for (let step = queue.shift(); step; step = queue.shift()) {
      if (!quiet) console.log(heading(step));
      const { result, output } = await runStep(step, root, prepare, began, quiet);
      if (quiet) console.log(`${heading(step)}\n${output.trimEnd()}`);
      results.set(step, result);
    }
  };
  if (beside) {
    const queue = [...single];
    await Promise.all([lane(queue, true), lane(queue, true)]);
  }
  await lane(
    steps.filter((step) => !results.has(step)),
    false,
  );
  return steps.flatMap((step) => results.get(step) ?? []);
}

/** @param {Step} step */
function heading(step) {
  return `\n--- ${step.part}: ${step.name}`;
}

/**
 * @param {Step} step
 * @param {string} root
 * @param {(need: Need) => Promise<string | undefined>} prepare
 * @param {number} began when the whole run did
 * @param {boolean} quiet whether its output is collected
 * @returns {Promise<{ result: Result, output: string }>}
 */
async function runStep(step, root, prepare, began, quiet) {
  let started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  /** @type {Map<Need, string | undefined>} */
  const ready = new Map();
  try {
    for (const need of step.needs) ready.set(need, await prepare(need));
  } catch (error) {
    const counts = { passed: 0, failed: 1, skipped: 0 };
    return { result: { step, counts, seconds: seconds(), reason: 'its set-up failed' }, output: describe(error) };
  }
  if (seconds() > 1) console.log(`set up for ${step.name} in ${seconds().toFixed(1)} s`);
  started = performance.now();
  if (step.report) {
    await mkdir(dirname(step.report.file), { recursive: true });
    await rm(step.report.file, { force: true });
  }
  const program = step.program === 'python' ? (ready.get('python') ?? 'python3') : process.execPath;
  const chromium = ready.get('chromium');
  const timeoutSeconds = grantedSeconds((performance.now() - began) / 1000, Boolean(process.env['CI']));
  const { status, output } = await runCommand(program, step.args, {
    quiet,
    timeoutSeconds,
    cwd: join(root, step.folder ?? '.'),
    env: {
      COUNTERPART_STEP_SECONDS: String(timeoutSeconds),
      ...step.environment,
      ...(chromium ? { CHROMIUM_PATH: chromium } : {}),
    },
  });
  return { result: { step, seconds: seconds(), ...(await outcome(step, status)) }, output };
}

/**
 * @param {Step} step
 * @param {number} status
 * @returns {Promise<{ counts: Counts, reason?: string, failures?: readonly string[] }>}
 */
async function outcome(step, status) {
  if (!step.report) {
    return { counts: { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 } };
  }
  /** @type {import('./counts.mjs').Report | undefined} */
  let report;
  try {
    report = step.report.read(await readFile(step.report.file, 'utf8'));
  } catch {
    report = undefined;
  }
  const { failures = [], ...counts } = report ?? {};
  const known = report && { passed: 0, failed: 0, skipped: 0, ...counts };
  const reconciled = reconcile(known, status);
  if (known && reconciled.failed === known.failed) return { counts: known, failures };
  return {
    counts: reconciled,
    failures,
    reason: `it ended with status ${String(status)} and no result that explains it`,
  };
}
