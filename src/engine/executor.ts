/** What every executor offers. `engine/tfjs` implements it; native WGSL kernels will be a second implementation. */

import type { Graph } from './graph/schema';
import type { Tensor } from './tensor';

export type BackendName = 'webgpu' | 'wasm';

export interface RunOptions {
  readonly signal?: AbortSignal;
}

/** A graph with its weights on the device. */
export interface Network {
  readonly graph: Graph;
  /**
   * Runs the graph once. `inputs` by the graph's input names, shapes as the graph states (batch may differ).
   * @throws EngineError with code 'missing-input' | 'shape-mismatch' | 'aborted' | 'out-of-memory' | 'device-lost'
   */
  run(inputs: Readonly<Record<string, Tensor>>, options?: RunOptions): Promise<Record<string, Tensor>>;
  dispose(): void;
}

export interface Executor {
  readonly backend: BackendName;
  /** Adapter or CPU description for the badge. */
  readonly device: string;
  /** @throws EngineError 'weight-missing' | 'shape-mismatch' | 'unsupported-op' */
  load(graph: Graph, weights: ReadonlyMap<string, Tensor>): Promise<Network>;
  memory(): { readonly tensors: number; readonly bytes: number };
  dispose(): Promise<void>;
}
