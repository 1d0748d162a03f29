/** The CPU: XNNPACK compiled to WebAssembly with SIMD, and threads where the page is cross-origin isolated. */

import { env, findBackendFactory, registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import { EngineError } from '../../errors';
import type { Backend } from './backend';

/** Address of the folder that holds the three .wasm files (ending in "/"), or the address of each by its file name. */
export type WasmPaths =
  | string
  | Readonly<
      Record<'tfjs-backend-wasm.wasm' | 'tfjs-backend-wasm-simd.wasm' | 'tfjs-backend-wasm-threaded-simd.wasm', string>
    >;

export interface WasmOptions {
  /** Not needed in Node, where the package finds its own files. */
  readonly wasmPaths?: WasmPaths | undefined;
  /** Default: the number of logical cores, at most 8. With one, tfjs is kept from looking for threads until the page is left. */
  readonly threads?: number | undefined;
}

/** tfjs starts this many workers for its threads, whatever is asked of it. */
const MOST_THREADS = 8;

/** A 32-bit heap; weights are packed a second time by XNNPACK, hence well below its 4 GiB. */
const HEAP_BYTES = 1.5 * 2 ** 30;

type Factory = ReturnType<typeof findBackendFactory>;

/** tfjs' own factory: loads the binary and starts the threads. */
let factory: Factory | undefined;

/** @throws EngineError 'backend-unavailable' */
export async function startWasm({ wasmPaths, threads = logicalCores() }: WasmOptions): Promise<Backend> {
  const { getThreadsCount, setThreadsCount, setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  factory ??= findBackendFactory('wasm');
  const started = factory;
  if (wasmPaths !== undefined) setWasmPaths(wasmPaths);
  const wanted = Math.min(threads, MOST_THREADS);
  setThreadsCount(wanted);
  // Without it a build may leave the threaded binary behind.
  if (wanted === 1) env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  let instance: Awaited<ReturnType<Factory>>;
  try {
    instance = await withLogicalCores(2 * wanted, started);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String((cause as { message?: unknown }).message ?? cause);
    throw new EngineError('backend-unavailable', `WebAssembly could not be started: ${reason}`, { cause });
  }
  removeBackend('wasm');
  registerBackend('wasm', () => instance);
  const count = getThreadsCount();
  return {
    name: 'wasm',
    device: `CPU, ${count} ${count === 1 ? 'thread' : 'threads'}`,
    limits: { totalBytes: HEAP_BYTES, tensorBytes: HEAP_BYTES },
    lost: new Promise(() => undefined),
    watch: async (submit) => {
      await submit();
      return undefined;
    },
    stop: () => {
      removeBackend('wasm');
      // So that a later start finds a registration to replace.
      registerBackend('wasm', started);
    },
  };
}

function logicalCores(): number {
  return (globalThis.navigator as Navigator | undefined)?.hardwareConcurrency ?? 1;
}

/**
 * tfjs limits its threads to half of navigator.hardwareConcurrency, which it reads while its binary starts; no setting raises
 * that. Half leaves a two-core machine with one thread, so for that moment the number is answered as `count`.
 */
async function withLogicalCores<Result>(count: number, start: () => Result | Promise<Result>): Promise<Result> {
  const navigator = globalThis.navigator as Navigator | undefined;
  if (!navigator) return start();
  Object.defineProperty(navigator, 'hardwareConcurrency', { configurable: true, get: () => count });
  try {
    return await start();
  } finally {
    // The accessor of the prototype shows again.
    Reflect.deleteProperty(navigator, 'hardwareConcurrency');
  }
}
