/** One measurement: one engine, one network, one fresh worker. */

export type EngineName = 'counterpart' | 'onnxruntime-web';

export interface Job {
  readonly engine: EngineName;
  readonly network: string;
  readonly threads: number;
  readonly warmRuns: number;
}

export interface Measurement {
  /** Graph and weights on the device, downloads not counted. */
  readonly loadMs: number;
  /** Packing of weights included. */
  readonly firstRunMs: number;
  readonly warmRunsMs: readonly number[];
  /** Bytes of all WebAssembly heaps of the worker at the end; heaps never shrink, so this is their peak. */
  readonly heapBytes: number;
  /** Multiply-adds of one run, in the graph. */
  readonly multiplyAdds: number;
  /** Largest absolute difference to the recorded outputs. */
  readonly maxError: number;
}

export type BenchAnswer = { readonly measurement: Measurement } | { readonly error: string };
