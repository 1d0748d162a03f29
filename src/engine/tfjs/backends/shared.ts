/** Starts each backend at most once and stops it when its last user lets go. */

import type { BackendName } from '../../executor';
import type { Backend } from './backend';
import { startWasm, type WasmOptions } from './wasm';
import { startWebgpu } from './webgpu';

interface Shared {
  readonly started: Promise<Backend>;
  users: number;
}

const running = new Map<BackendName, Shared>();

export interface Lease {
  readonly backend: Backend;
  /** Once only; the last one stops the backend. */
  release(): void;
}

/** @throws EngineError 'backend-unavailable' */
export async function leaseBackend(name: BackendName, options: WasmOptions): Promise<Lease> {
  const shared = running.get(name) ?? { started: name === 'webgpu' ? startWebgpu() : startWasm(options), users: 0 };
  running.set(name, shared);
  shared.users++;
  const leave = () => {
    if (--shared.users > 0) return false;
    if (running.get(name) === shared) running.delete(name);
    return true;
  };
  try {
    const backend = await shared.started;
    return {
      backend,
      release: () => {
        if (leave()) backend.stop();
      },
    };
  } catch (error) {
    leave();
    throw error;
  }
}
