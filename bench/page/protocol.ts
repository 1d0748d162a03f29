/** What the benchmark's page is asked and answers: the studio's own measurements, on more engines. */

import {
  type BenchAnswer as StudioAnswer,
  type EditMeasurement,
  type Job as StudioJob,
  type NetworkMeasurement,
  OWN_ENGINES,
  type Refusal,
  type Yields as StudioYields,
} from '../../src/worker/bench/measurements';

/** Ours are 'wgsl', on the CPU 'simd-wasm', and in half arithmetic 'wgsl-half-webgpu'; the names of the others say library and backend. */
export const ENGINES = [
  ...OWN_ENGINES,
  'tfjs-wasm',
  'wgsl-half-webgpu',
  'tfjs-webgl',
  'onnxruntime-web-webgpu',
  'onnxruntime-web-wasm',
  'litert-webgpu',
  'litert-wasm',
] as const;
export type EngineName = (typeof ENGINES)[number];
export type Job = StudioJob<EngineName>;

interface Heap {
  /** Bytes of all WebAssembly heaps of the worker at the end; heaps never shrink, so this is their peak. */
  readonly heapBytes: number;
}
export type Measurement = NetworkMeasurement & Heap;
/** The picture as plain numbers: what a page returns to Playwright must be JSON. */
export type EditResult = Omit<EditMeasurement, 'picture'> & Heap & { readonly picture: readonly number[] };

export interface Yields {
  readonly network: Measurement;
  readonly edit: EditResult;
  readonly peak: StudioYields['peak'];
}

export type FromWorker = StudioAnswer & Heap;
export type BenchAnswer<Kind extends Job['kind'] = Job['kind']> = { readonly measurement: Yields[Kind] } | Refusal;
