/** Chooses where networks run: by a measurement of each backend, never by the name of an adapter. */

import { type Calibration, calibrate } from './calibration';
import { EngineError } from './errors';
import type { BackendName, Executor, KernelsName } from './executor';
import { at } from './graph/list';
import type { WasmPaths } from './tfjs/backends/wasm';
import { createWasmExecutor } from './wasm/executor';
import { createWgslExecutor } from './webgpu/executor';
import type { EngineMemory } from './keep';
import { ENGINE_VERSION } from './webgpu/stored-schedule';

export interface ExecutorOptions {
  /** 'auto' measures; a named backend is taken where it works at all, the other one otherwise. */
  readonly prefer: 'auto' | BackendName;
  /** No other backend than a named one will do; who has the other one open already need not open it twice. */
  readonly only?: boolean | undefined;
  /** Where the page serves tfjs' .wasm files, the last resort; not needed in Node. */
  readonly wasmPaths?: WasmPaths;
  /** Keeps what was measured of a GPU between visits, and whose kernels were the faster on it. */
  readonly memory?: EngineMemory;
  /** Default: the number of logical cores. */
  readonly threads?: number;
  /** Time for warm runs on each backend, default 40. */
  readonly calibrationMs?: number;
  /**
   * WebGPU is given up if it has not finished its measurement by then (shader compilation included), default 2500. WebAssembly is
   * what remains then, so it is waited for, and so is WebGPU where there is no WebAssembly.
   */
  readonly patienceMs?: number;
}

export interface Candidate {
  readonly backend: BackendName;
  /** Whose kernels: ours ('wgsl', 'simd') or those of tfjs. */
  readonly kernels?: KernelsName | undefined;
  /** What it runs on; absent where it could not be started. */
  readonly device?: string;
  /** Absent where it was not measured. */
  readonly calibration?: Calibration;
  /** Why it could not be used, or was not measured. */
  readonly note?: string;
  /** Kind of failure where it could not be used. */
  readonly code?: string;
}

export interface SelectionReport {
  readonly chosen: BackendName;
  readonly kernels?: KernelsName | undefined;
  readonly candidates: readonly Candidate[];
}

/** Starts one backend; replaced in tests. */
export type StartExecutor = (backend: BackendName, kernels: KernelsName) => Promise<Executor>;

/** What there is to choose from, and the order in which a preferred backend falls back. */
interface Contestant {
  readonly backend: BackendName;
  readonly kernels: KernelsName;
}
const OURS = { webgpu: { backend: 'webgpu', kernels: 'wgsl' }, wasm: { backend: 'wasm', kernels: 'simd' } } as const;
const TFJS = { webgpu: { backend: 'webgpu', kernels: 'tfjs' }, wasm: { backend: 'wasm', kernels: 'tfjs' } } as const;
const LADDER: Readonly<Record<BackendName, readonly Contestant[]>> = {
  webgpu: [OURS.webgpu, TFJS.webgpu, OURS.wasm, TFJS.wasm],
  wasm: [OURS.wasm, TFJS.wasm, OURS.webgpu, TFJS.webgpu],
};

/** An adapter on which our kernels are this much slower than the CPU is not worth a second look with other kernels. */
const HOPELESS = 2;

/**
 * Works in a window, a worker, and Node.
 * @throws EngineError 'backend-unavailable' where neither backend works, or the only one does not
 */
export async function createExecutor(
  options: ExecutorOptions,
  start: StartExecutor = (backend, kernels) => startContestant({ backend, kernels }, options),
): Promise<{ executor: Executor; report: SelectionReport }> {
  return options.prefer === 'auto'
    ? measureAll(options, start)
    : takePreferred(options.prefer, options.only ?? false, start);
}

async function startContestant({ backend, kernels }: Contestant, options: ExecutorOptions): Promise<Executor> {
  switch (kernels) {
    case 'wgsl':
      return createWgslExecutor({ memory: options.memory });
    case 'simd':
      return createWasmExecutor({ threads: options.threads });
    case 'tfjs': {
      // Fetched only where it is needed. Its threads want SIMD, and where there is SIMD ours run.
      const { createTfjsExecutor } = await import('./tfjs/executor');
      return createTfjsExecutor(backend, { wasmPaths: options.wasmPaths, threads: 1 });
    }
  }
}

async function takePreferred(preferred: BackendName, only: boolean, start: StartExecutor) {
  const refused: Candidate[] = [];
  for (const contestant of LADDER[preferred]) {
    if (only && contestant.backend !== preferred) break;
    try {
      const executor = await start(contestant.backend, contestant.kernels);
      const note = 'taken as asked, not measured';
      const taken: Candidate = { ...contestant, device: executor.device, ...(refused.length === 0 && { note }) };
      return {
        executor,
        report: { chosen: contestant.backend, kernels: contestant.kernels, candidates: [...refused, taken] },
      };
    } catch (cause) {
      refused.push({ ...contestant, note: reason(cause), code: faultOf(cause) });
    }
  }
  throw noneAvailable(refused);
}

async function measureAll({ calibrationMs = 40, patienceMs = 2500, memory }: ExecutorOptions, start: StartExecutor) {
  // One after the other: they would slow each other.
  const trials = [await tryBackend(OURS.wasm, start, calibrationMs, undefined)];
  // WebAssembly without SIMD, or without the right to write code.
  if (!trials[0]?.executor) trials.push(await tryBackend(TFJS.wasm, start, calibrationMs, undefined));
  const wasm = at(trials, -1);
  const ours = await tryBackend(OURS.webgpu, start, calibrationMs, wasm.executor && patienceMs);
  trials.push(ours);
  const beaten = beatenKey(ours);
  const known = beaten !== undefined && isBeaten(await memory?.read(beaten));
  if (!known && isWorthAnother(ours, wasm)) {
    const theirs = await tryBackend(TFJS.webgpu, start, calibrationMs, patienceMs);
    trials.push(theirs);
    if (beaten !== undefined && fastest([ours.candidate, theirs.candidate]) === ours.candidate)
      await memory?.write(beaten, BEATEN);
  }
  const candidates = trials.map(({ candidate }) => candidate);
  const best = fastest(candidates);
  const executor = trials.find(({ candidate }) => candidate === best)?.executor;
  for (const trial of trials) if (trial.executor !== executor) await trial.executor?.dispose();
  if (!best || !executor) throw noneAvailable(candidates);
  return { executor, report: { chosen: best.backend, kernels: best.kernels, candidates } };
}

/** The adapter works and is no software one; or our kernels, not the adapter, are what failed. */
function isWorthAnother(ours: Trial, wasm: Trial): boolean {
  const time = ours.candidate.calibration?.milliseconds;
  if (time === undefined) return ours.fault !== undefined && ours.fault !== 'backend-unavailable';
  return time < HOPELESS * (wasm.candidate.calibration?.milliseconds ?? Number.POSITIVE_INFINITY);
}

/** Of an adapter on which tfjs' kernels lost: to fetch and compile them again at each visit would only hold the first edit up. */
const BEATEN = { tfjs: 'slower' } as const;

function beatenKey({ candidate: { device, calibration } }: Trial): string | undefined {
  return calibration === undefined ? undefined : `v${ENGINE_VERSION}|tfjs against ours|${device ?? ''}`;
}

function isBeaten(kept: unknown): boolean {
  return typeof kept === 'object' && kept !== null && 'tfjs' in kept && kept.tfjs === BEATEN.tfjs;
}

/** The measured candidate with the least time; undefined if none was measured. */
export function fastest(candidates: readonly Candidate[]): Candidate | undefined {
  const time = ({ calibration }: Candidate) => calibration?.milliseconds ?? Number.POSITIVE_INFINITY;
  const [best] = candidates.filter((c) => c.calibration).toSorted((a, b) => time(a) - time(b));
  return best;
}

interface Trial {
  readonly candidate: Candidate;
  readonly executor?: Executor;
  /** Kind of failure; absent where it was measured. */
  readonly fault?: string;
}

/** Never throws: what goes wrong, or lasts longer than `patienceMs` if given, becomes the candidate's note. */
async function tryBackend(
  contestant: Contestant,
  start: StartExecutor,
  budgetMs: number,
  patienceMs: number | undefined,
): Promise<Trial> {
  const patience = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    if (patienceMs === undefined) return;
    timer = setTimeout(() => {
      patience.abort();
      reject(new EngineError('backend-unavailable', `did not finish its measurement within ${patienceMs} ms`));
    }, patienceMs);
  });
  const starting = start(contestant.backend, contestant.kernels);
  try {
    const executor = await Promise.race([starting, timeout]);
    const calibration = await Promise.race([calibrate(executor, budgetMs, patience.signal), timeout]);
    return { candidate: { ...contestant, device: executor.device, calibration }, executor };
  } catch (cause) {
    // Also where it starts later: a device that nobody waits for must not keep the GPU busy.
    starting.then((executor) => executor.dispose()).catch(() => undefined);
    const code = faultOf(cause);
    return { candidate: { ...contestant, note: reason(cause), code }, fault: code };
  } finally {
    clearTimeout(timer);
  }
}

function faultOf(cause: unknown): string {
  return cause instanceof EngineError ? cause.code : 'unknown';
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function noneAvailable(candidates: readonly Candidate[]): EngineError {
  const notes = candidates
    .map(({ backend, kernels, note }) => `${backend} (${kernels ?? 'tfjs'}): ${note ?? 'not measured'}`)
    .join(' ');
  return new EngineError('backend-unavailable', `Neither WebGPU nor WebAssembly can be used here. ${notes}`);
}
