/** Chooses where networks run: by a measurement of each backend, never by the name of an adapter. */

import { type Calibration, calibrate } from './calibration';
import { EngineError } from './errors';
import type { BackendName, Executor } from './executor';
import type { WasmPaths } from './tfjs/backends/wasm';
import { createTfjsExecutor } from './tfjs/executor';

export interface ExecutorOptions {
  /** 'auto' measures; a named backend is taken where it works at all, the other one otherwise. */
  readonly prefer: 'auto' | BackendName;
  /** Where the page serves tfjs' three .wasm files; not needed in Node. */
  readonly wasmPaths?: WasmPaths;
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
  /** What it runs on; absent where it could not be started. */
  readonly device?: string;
  /** Absent where it was not measured. */
  readonly calibration?: Calibration;
  /** Why it could not be used, or was not measured. */
  readonly note?: string;
}

export interface SelectionReport {
  readonly chosen: BackendName;
  readonly candidates: readonly Candidate[];
}

/** Starts one backend; replaced in tests. */
export type StartExecutor = (backend: BackendName) => Promise<Executor>;

const OTHER: Readonly<Record<BackendName, BackendName>> = { webgpu: 'wasm', wasm: 'webgpu' };

/**
 * Works in a window, a worker, and Node.
 * @throws EngineError 'backend-unavailable' where neither backend works
 */
export async function createExecutor(
  options: ExecutorOptions,
  start: StartExecutor = (backend) => createTfjsExecutor(backend, options),
): Promise<{ executor: Executor; report: SelectionReport }> {
  return options.prefer === 'auto' ? measureBoth(options, start) : takePreferred(options.prefer, start);
}

async function takePreferred(preferred: BackendName, start: StartExecutor) {
  const refused: Candidate[] = [];
  for (const backend of [preferred, OTHER[preferred]]) {
    try {
      const executor = await start(backend);
      const note = 'taken as asked, not measured';
      const candidates = [...refused, { backend, device: executor.device, ...(refused.length === 0 && { note }) }];
      return { executor, report: { chosen: backend, candidates } };
    } catch (cause) {
      refused.push({ backend, note: reason(cause) });
    }
  }
  throw noneAvailable(refused);
}

async function measureBoth({ calibrationMs = 40, patienceMs = 2500 }: ExecutorOptions, start: StartExecutor) {
  // One after the other: they would slow each other.
  const wasm = await tryBackend('wasm', start, calibrationMs, undefined);
  const webgpu = await tryBackend('webgpu', start, calibrationMs, wasm.executor && patienceMs);
  const trials = [wasm, webgpu];
  const candidates = trials.map(({ candidate }) => candidate);
  const chosen = fastest(candidates);
  const executor = trials.find(({ candidate }) => candidate.backend === chosen)?.executor;
  for (const trial of trials) if (trial.executor !== executor) await trial.executor?.dispose();
  if (!chosen || !executor) throw noneAvailable(candidates);
  return { executor, report: { chosen, candidates } };
}

/** The measured backend with the least time; undefined if none was measured. */
export function fastest(candidates: readonly Candidate[]): BackendName | undefined {
  const time = ({ calibration }: Candidate) => calibration?.milliseconds ?? Number.POSITIVE_INFINITY;
  const [best] = candidates.filter((c) => c.calibration).toSorted((a, b) => time(a) - time(b));
  return best?.backend;
}

interface Trial {
  readonly candidate: Candidate;
  readonly executor?: Executor;
}

/** Never throws: what goes wrong, or lasts longer than `patienceMs` if given, becomes the candidate's note. */
async function tryBackend(
  backend: BackendName,
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
  const starting = start(backend);
  try {
    const executor = await Promise.race([starting, timeout]);
    const calibration = await Promise.race([calibrate(executor, budgetMs, patience.signal), timeout]);
    return { candidate: { backend, device: executor.device, calibration }, executor };
  } catch (cause) {
    // Also where it starts later: a device that nobody waits for must not keep the GPU busy.
    starting.then((executor) => executor.dispose()).catch(() => undefined);
    return { candidate: { backend, note: reason(cause) } };
  } finally {
    clearTimeout(timer);
  }
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function noneAvailable(candidates: readonly Candidate[]): EngineError {
  const notes = candidates.map(({ backend, note }) => `${backend}: ${note ?? 'not measured'}`).join(' ');
  return new EngineError('backend-unavailable', `Neither WebGPU nor WebAssembly can be used here. ${notes}`);
}
