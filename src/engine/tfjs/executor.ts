/** Executor on tfjs kernels: WebGPU or WebAssembly. */

import { enableProdMode, memory } from '@tensorflow/tfjs-core';
import { EngineError } from '../errors';
import type { BackendName, Executor } from '../executor';
import type { Graph } from '../graph/schema';
import type { Tensor } from '../tensor';
import { type Lease, leaseBackend } from './backends/shared';
import type { WasmOptions } from './backends/wasm';
import { translateFailure } from './failures';
import { isSupported } from './kernels';
import { TfjsNetwork } from './network';

class TfjsExecutor implements Executor {
  readonly backend: BackendName;
  readonly kernels = 'tfjs';
  readonly device: string;
  readonly #networks = new Set<TfjsNetwork>();
  #disposed = false;

  constructor(private readonly lease: Lease) {
    this.backend = lease.backend.name;
    this.device = lease.backend.device;
  }

  async load(graph: Graph, weights: ReadonlyMap<string, Tensor>): Promise<TfjsNetwork> {
    if (this.#disposed)
      throw new EngineError('backend-failed', `${graph.name} was loaded on an executor that is already closed.`);
    const unsupported = graph.nodes.find((node) => !isSupported(node.op));
    if (unsupported)
      throw new EngineError(
        'unsupported-op',
        `${graph.name} uses the op "${unsupported.op}", which this executor lacks.`,
      );
    try {
      const network: TfjsNetwork = new TfjsNetwork(graph, weights, this.lease.backend, () =>
        this.#networks.delete(network),
      );
      this.#networks.add(network);
      return network;
    } catch (cause) {
      throw await translateFailure(cause, graph.name, this.lease.backend);
    }
  }

  /** Of the whole thread: tfjs counts tensors of all backends together. */
  memory(): { tensors: number; bytes: number } {
    const { numTensors, numBytes } = memory();
    return { tensors: numTensors, bytes: numBytes };
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the contract allows for slow closing
  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const network of [...this.#networks]) network.dispose();
    this.lease.release();
  }
}

/** @throws EngineError 'backend-unavailable' */
export async function createTfjsExecutor(backend: BackendName, options: WasmOptions = {}): Promise<Executor> {
  enableProdMode();
  return new TfjsExecutor(await leaseBackend(backend, options));
}
