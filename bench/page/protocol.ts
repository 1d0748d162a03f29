/** One measurement: one engine, one network or edit, one fresh worker. */

import {
  type EditMeasurement,
  type EditName,
  type NetworkMeasurement,
  OWN_ENGINES,
  type Refusal,
} from '../../src/worker/bench/measurements';
import type { MatmulPeak } from '../../src/engine/webgpu/peak';

/** Ours is 'wgsl'; the names of the others say library and backend. */
export const ENGINES = [
  ...OWN_ENGINES,
  'tfjs-webgl',
  'onnxruntime-web-webgpu',
  'onnxruntime-web-wasm',
  'litert-webgpu',
  'litert-wasm',
] as const;
export type EngineName = (typeof ENGINES)[number];

interface On {
  readonly engine: EngineName;
  readonly threads: number;
  readonly warmRuns: number;
}

export type Job =
  | (On & { readonly kind: 'network'; readonly network: string })
  | (On & { readonly kind: 'edit'; readonly edit: EditName; readonly steps?: number | undefined })
  | { readonly kind: 'peak' };

export interface Measurement extends NetworkMeasurement {
  /** Bytes of all WebAssembly heaps of the worker at the end; heaps never shrink, so this is their peak. */
  readonly heapBytes: number;
}

/** The picture travels as plain numbers: what a page returns to Playwright must be JSON. */
export interface EditResult extends Omit<EditMeasurement, 'picture'> {
  readonly heapBytes: number;
  readonly picture: readonly number[];
}

/** What a job of each kind yields. */
export interface Yields {
  readonly network: Measurement;
  readonly edit: EditResult;
  readonly peak: MatmulPeak;
}

export type BenchAnswer<Kind extends Job['kind'] = Job['kind']> = { readonly measurement: Yields[Kind] } | Refusal;
