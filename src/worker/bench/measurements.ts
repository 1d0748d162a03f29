/** What the benchmark measures, the same from the command line and on the page for visitors. */

import type { Edit } from '../../counterfactual/edit';
import type { MatmulPeak } from '../../engine/webgpu/peak';
import type { Radiograph } from '../../imaging/radiograph';

/** A network or an edit could not be measured; the reason, for the table. */
export interface Refusal {
  readonly error: string;
}

/** One network on one engine, in a thread of its own. */
export interface NetworkMeasurement {
  /** Adapter, or CPU. */
  readonly device: string;
  /** Graph and weights on the device, shaders compiled where that is done ahead; downloads not counted. */
  readonly loadMs: number;
  /** Packing of weights or compilation of shaders included where the engine does it late. */
  readonly firstRunMs: number;
  readonly warmRunsMs: readonly number[];
  /** Of each warm run, what was not spent waiting for the GPU. Absent where nothing runs on a GPUDevice. */
  readonly cpuMs?: readonly number[];
  /** Most bytes of GPU buffers alive at once, since the engine started. Absent as above. */
  readonly gpuBytes?: number;
  /** Multiply-adds of one run, in the graph. */
  readonly multiplyAdds: number;
  /** Largest absolute difference to the recorded outputs, checked before anything is timed. */
  readonly maxError: number;
}

/** Milliseconds and calls of each network while an edit was made. */
export type NetworkShare = Readonly<Record<string, { readonly milliseconds: number; readonly runs: number }>>;

/** Radiograph in, picture out: reading, sampling, composing and judging. */
export interface EditMeasurement {
  readonly device: string;
  readonly edit: EditName;
  readonly steps: number;
  /** From the engine's start until the networks of an edit can run, their files from this machine's own server. */
  readonly loadMs: number;
  /** The first one compiles or packs what is left to compile or pack; its networks' downloads and loads are not counted. */
  readonly firstMs: number;
  readonly warmMs: readonly number[];
  /** Of the fastest warm edit, or of the first where there is no other. */
  readonly share: NetworkShare;
  readonly gpuBytes?: number;
  /** The result on the networks' grid [256 x 256], in [-1, 1]: what engines are compared by. */
  readonly picture: Float32Array;
}

export const EDITS = ['erase', 'add'] as const;
export type EditName = (typeof EDITS)[number];

/** What is asked, and of which sample of the release. */
export const EDIT_REQUESTS: Readonly<Record<EditName, { readonly sample: string; readonly edit: Edit }>> = {
  erase: {
    sample: 'sample-05.png',
    edit: { kind: 'remove', finding: 'lung_opacity', places: ['right_mid', 'right_lower'], severity: 0 },
  },
  add: {
    sample: 'sample-01.png',
    edit: { kind: 'add', finding: 'lung_opacity', places: ['left_lower'], severity: 2 },
  },
};

/** The engine's own kernels and what else ships with the studio. */
export const OWN_ENGINES = ['wgsl', 'simd-wasm', 'tfjs-webgpu'] as const;
/** Ours: on the GPU, and on the CPU. */
export const OWN_KERNELS = ['wgsl', 'simd-wasm'] as const satisfies readonly (typeof OWN_ENGINES)[number][];
export type OwnKernels = (typeof OWN_KERNELS)[number];
export type OwnEngine = (typeof OWN_ENGINES)[number];

interface On<Engine extends string> {
  readonly engine: Engine;
  /** Of engines on the CPU; undefined: every core up to 8. */
  readonly threads?: number | undefined;
  readonly warmRuns: number;
}

/** One measurement, in a worker of its own. */
export type Job<Engine extends string> =
  | (On<Engine> & { readonly kind: 'network'; readonly network: string; readonly rows?: number | undefined })
  | (On<Engine> & {
      readonly kind: 'edit';
      readonly edit: EditName;
      readonly steps?: number | undefined;
      /** The sample is made this large first, square; undefined: as it is. */
      readonly side?: number | undefined;
    })
  | { readonly kind: 'peak' };

/** What a job of each kind yields. */
export interface Yields {
  readonly network: NetworkMeasurement;
  readonly edit: EditMeasurement;
  readonly peak: MatmulPeak;
}

/** What the page sends to the studio's worker, which then does this and nothing else. */
export interface BenchRequest {
  readonly type: 'bench';
  readonly job: Job<OwnEngine>;
  /** The sample that an edit is made of, opened: the worker has no readers of files. */
  readonly radiograph?: Radiograph;
  /** Where models/ and wasm/ lie, ending in a slash. */
  readonly baseUrl: string;
}

export type BenchAnswer<Kind extends keyof Yields = keyof Yields> = { readonly measurement: Yields[Kind] } | Refusal;
