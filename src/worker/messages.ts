/** Closed unions of what the page and the worker say to each other. Errors cross as `{ code, message, advice }`. */

import type { Analysis } from '../counterfactual/analysis';
import type { Counterfactual, Edit, Recipe, Reversal, SamplingOptions } from '../counterfactual/edit';
import type { SearchOptions, SearchTrial } from '../counterfactual/search/searchEdit';
import type { PathologyReading } from '../networks/streams';
import type { Radiograph } from '../imaging/radiograph';
import type { BackendName, KernelsName, Lack } from '../engine/executor';
import type { Wish } from './control';
import type { CrossedError } from './errors';

export interface DeviceReport {
  readonly backend: BackendName;
  /** Whose kernels run there. */
  readonly kernels?: KernelsName | undefined;
  readonly device: string;
  /** Measured milliseconds of the calibration network on each backend tried; absent: not available. */
  readonly calibration: Readonly<Partial<Record<BackendName, number>>>;
  /** Why a backend was not used, and what became of it since. */
  readonly notes: readonly DeviceNote[];
}

/** Said in words by the page, which knows the language. */
export type DeviceNote =
  | { readonly kind: 'unusable'; readonly backend: BackendName; readonly error: CrossedError }
  /** Asked for by name. */
  | { readonly kind: 'unmeasured'; readonly backend: BackendName }
  /** What the browser withholds from what runs: slower, and as right. */
  | { readonly kind: 'lacking'; readonly what: Lack }
  | { readonly kind: 'warning'; readonly error: CrossedError }
  | { readonly kind: 'reset'; readonly error: CrossedError }
  /** `triedAgainIn` milliseconds; undefined: not before the page is loaded again. */
  | { readonly kind: 'moved'; readonly error: CrossedError; readonly triedAgainIn: number | undefined }
  | { readonly kind: 'not-yet'; readonly triedAgainIn: number | undefined }
  | { readonly kind: 'returned' };

export type Request =
  | { readonly type: 'start'; readonly id: number; readonly prefer: BackendName | 'auto'; readonly baseUrl: string }
  | { readonly type: 'analyse'; readonly id: number; readonly radiograph: Radiograph }
  | {
      readonly type: 'generate';
      readonly id: number;
      readonly radiograph: Radiograph;
      readonly edit: Edit;
      readonly sampling: SamplingOptions;
      /** The user insists although the image does not look like a frontal chest radiograph. */
      readonly allowUncertain?: boolean;
    }
  | {
      readonly type: 'search';
      readonly id: number;
      readonly radiograph: Radiograph;
      readonly edit: Edit;
      readonly sampling: SamplingOptions;
      readonly search: SearchOptions;
      /** Changes [32 x 32] of what was kept before: the search keeps away from them. */
      readonly accepted: readonly Float32Array[];
      readonly allowUncertain?: boolean;
    }
  | {
      /** Takes an edit back, for the receipt. */
      readonly type: 'reverse';
      readonly id: number;
      readonly radiograph: Radiograph;
      readonly edit: Edit;
      readonly result: Radiograph;
      readonly recipe: Pick<Recipe, 'sampling' | 'search'>;
    }
  | {
      /** What a film has more than its healthy twin. */
      readonly type: 'pathology';
      readonly id: number;
      readonly radiograph: Radiograph;
      readonly healthy: Radiograph;
    }
  /** Of a job that runs or waits. */
  | { readonly type: 'wish'; readonly id: number; readonly wish: Wish }
  /** Whether anybody can see the page. Of no job: `id` is 0. */
  | { readonly type: 'visibility'; readonly id: number; readonly hidden: boolean }
  | { readonly type: 'cancel'; readonly id: number };

export type Response =
  | { readonly type: 'started'; readonly id: number; readonly report: DeviceReport }
  /** The work moved to another backend, such as after the GPU ran out of memory; `id` is the job it happened in, 0 between jobs. */
  | { readonly type: 'device-changed'; readonly id: number; readonly report: DeviceReport }
  | { readonly type: 'analysed'; readonly id: number; readonly analysis: Analysis }
  | { readonly type: 'generated'; readonly id: number; readonly counterfactual: Counterfactual }
  | { readonly type: 'reversed'; readonly id: number; readonly reversal?: Reversal }
  | { readonly type: 'pathology-read'; readonly id: number; readonly reading: PathologyReading }
  | {
      readonly type: 'progress';
      readonly id: number;
      readonly stage: 'download' | 'verify' | 'calibrate' | 'read' | 'sample' | 'compose';
      /** 0 to 1 within the stage. */
      readonly fraction: number;
      /** 256x256 presentation grey in [0, 255] of the counterfactual so far ('sample' only). */
      readonly preview?: Uint8ClampedArray;
      /** A noise that a search has just tried. */
      readonly trial?: SearchTrial;
    }
  | {
      readonly type: 'failed';
      readonly id: number;
      readonly error: CrossedError;
    };
