/** What every executor offers. `engine/webgpu` implements it with our own kernels, `engine/tfjs` with those of tfjs. */

import type { Graph } from './graph/schema';
import type { Tensor } from './tensor';

export type BackendName = 'webgpu' | 'wasm';

/** Whose kernels run: ours on the GPU (WGSL) or on the CPU (WebAssembly with SIMD), or those of tfjs. */
export type KernelsName = 'wgsl' | 'simd' | 'tfjs';

/**
 * What a browser withholds, so that an executor is slower and as right: memory that threads share (absent too where the page is
 * not isolated), or fused multiply-adds (relaxed SIMD).
 */
export type Lack = 'threads' | 'fused';

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

export interface LoadOptions {
  /** Told how much of the preparation is done, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

export interface Executor {
  readonly backend: BackendName;
  /** For the badge and the benchmark. */
  readonly kernels?: KernelsName;
  /** Adapter or CPU description for the badge. */
  readonly device: string;
  /** Absent or empty: nothing that it could use. */
  readonly lacks?: readonly Lack[];
  /** @throws EngineError 'weight-missing' | 'shape-mismatch' | 'unsupported-op' */
  load(graph: Graph, weights: ReadonlyMap<string, Tensor>, options?: LoadOptions): Promise<Network>;
  memory(): { readonly tensors: number; readonly bytes: number };
  /**
   * Looks for faster kernels while nothing else runs; networks that are loaded later use what it finds.
   * @returns how many products were looked at
   * @throws EngineError of the device
   */
  refine?(options: { readonly signal: AbortSignal; readonly budgetMs: number }): Promise<number>;
  dispose(): Promise<void>;
}
