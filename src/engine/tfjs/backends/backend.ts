/** A started tfjs backend, shared by every executor that asks for it: tfjs keeps one instance of each for the whole thread. */

import { getBackend, setBackend } from '@tensorflow/tfjs-core';
import type { BackendName } from '../../executor';

export interface Backend {
  readonly name: BackendName;
  /** For the badge: adapter, or CPU with its threads. */
  readonly device: string;
  readonly limits: {
    /** Activations and weights together. */
    readonly totalBytes: number;
    /** One tensor. */
    readonly tensorBytes: number;
  };
  /** Settles with the reason once the device is gone; never for the CPU. */
  readonly lost: Promise<string>;
  /** Wraps the submission of work; resolves to what the device complained about meanwhile. */
  watch(submit: () => Promise<void>): Promise<DeviceComplaint | undefined>;
  stop(): void;
}

export interface DeviceComplaint {
  readonly kind: 'out-of-memory' | 'failed';
  readonly message: string;
}

/**
 * Makes a started backend the one that new tensors and kernels use. tfjs has one global choice, so this is called again
 * after every await. For a backend that is already started, tfjs' setBackend takes effect before it returns its promise.
 */
export function activate(name: BackendName): void {
  if (getBackend() !== name) void setBackend(name);
}
