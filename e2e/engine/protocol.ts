/** What the test asks of the page, and the page of its worker. */

import type { BackendName, KernelsName, SelectionReport } from '../../src/engine';
import type { GoldenResult } from '../../src/engine/golden';

/** Which executor: ours, or tfjs on either backend. */
export interface Runtime {
  readonly backend: BackendName;
  readonly kernels: KernelsName;
}

export type Check =
  /** Every operator fixture. */
  | ({ readonly kind: 'operators' } & Runtime)
  /** One shipped network against its goldens. */
  | ({ readonly kind: 'network'; readonly name: string } & Runtime)
  | { readonly kind: 'select' }
  /** Our kernels on the CPU on one thread and on several. */
  | { readonly kind: 'threads'; readonly threads: number }
  /** Helpers that are ended, or throw, while they compute. */
  | { readonly kind: 'lost-helpers' }
  /** Destroys the device between two runs. */
  | ({ readonly kind: 'device-loss' } & Runtime)
  /** Destroys the device in the middle of an edit that the studio's server makes, as often as told. */
  | { readonly kind: 'recovery'; readonly losses: number }
  /** Asks a running network to stop by a message to its worker. */
  | ({ readonly kind: 'cancel' } & Runtime)
  /** 3x3 convolutions, 128 channels at 32x32. */
  | ({ readonly kind: 'speed'; readonly threads: number } & Runtime);

export type Answer =
  | {
      readonly kind: 'goldens';
      readonly device: string;
      readonly results: readonly GoldenResult[];
      readonly tensorsLeft: number;
    }
  | { readonly kind: 'selection'; readonly report: SelectionReport; readonly isolated: boolean }
  | { readonly kind: 'threads'; readonly devices: readonly string[]; readonly same: boolean }
  | { readonly kind: 'recovery'; readonly posted: readonly string[] }
  | { readonly kind: 'speed'; readonly device: string; readonly gigaflops: number; readonly milliseconds: number }
  | { readonly kind: 'failure'; readonly code: string; readonly message: string };

export type ToWorker = { readonly kind: 'check'; readonly check: Check } | { readonly kind: 'cancel' };
export type FromWorker = { readonly kind: 'running' } | { readonly kind: 'answer'; readonly answer: Answer };
