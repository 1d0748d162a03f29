/** The engine: reads a network's files, chooses where to run, runs. Imports nothing from the rest of the program. */

export { EngineError, type EngineErrorCode, GraphFormatError, WeightsFormatError } from './errors';
export type { BackendName, Executor, KernelsName, Lack, LoadOptions, Network, RunOptions } from './executor';
export { parseGraph } from './graph/parse';
export type { Graph } from './graph/schema';
export { readSafetensors } from './safetensors';
export { type Candidate, createExecutor, type ExecutorOptions, type SelectionReport } from './select';
export type { Shape, Tensor } from './tensor';
export type { WasmPaths } from './tfjs/backends/wasm';
export type { EngineMemory } from './keep';
