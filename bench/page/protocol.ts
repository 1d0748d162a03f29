/** One measurement: one engine, one network, one fresh worker. */

export const ENGINES = ['wgsl', 'tfjs-webgpu', 'tfjs-wasm', 'onnxruntime-web-wasm'] as const;

/** Ours is 'wgsl'; the names of the others say library and backend. */
export type EngineName = (typeof ENGINES)[number];

export interface Job {
  readonly engine: EngineName;
  readonly network: string;
  readonly threads: number;
  readonly warmRuns: number;
}

export interface Measurement {
  /** Adapter, or CPU. */
  readonly device: string;
  /** Graph and weights on the device, shaders compiled where that is done ahead; downloads not counted. */
  readonly loadMs: number;
  /** Packing of weights or compilation of shaders included where the engine does it late. */
  readonly firstRunMs: number;
  readonly warmRunsMs: readonly number[];
  /** Bytes of all WebAssembly heaps of the worker at the end; heaps never shrink, so this is their peak. */
  readonly heapBytes: number;
  /** Bytes of device buffers while loaded; 0 where the engine does not tell. */
  readonly gpuBytes: number;
  /** Multiply-adds of one run, in the graph. */
  readonly multiplyAdds: number;
  /** Largest absolute difference to the recorded outputs, checked before anything is timed. */
  readonly maxError: number;
}

export type BenchAnswer = { readonly measurement: Measurement } | { readonly error: string };
