/** What this runtime's WebAssembly can do, found by asking it to validate a small module. */

import type { splat } from '../../assembler/instructions';
import { f32x4, multiplyAdd } from '../../assembler/instructions';
import { ModuleBuilder } from '../../assembler/module';

export interface Features {
  readonly simd: boolean;
  /** Fused multiply-adds, of relaxed SIMD. */
  readonly fused: boolean;
  /** Memory that threads share, and waiting for each other. */
  readonly threads: boolean;
}

export function detectFeatures(): Features {
  if (typeof WebAssembly === 'undefined') return { simd: false, fused: false, threads: false };
  return {
    simd: validates((x) => f32x4.add(x, x)),
    fused: validates((x) => multiplyAdd(x, x, x, true)),
    threads: mayShare() && mayWait(),
  };
}

function validates(write: (x: ReturnType<typeof splat>) => ReturnType<typeof splat>): boolean {
  const module = new ModuleBuilder({ shared: false, maximum: 1 });
  module.define(['v128'], (scope) => write(scope.parameters[0]).code, 'v128');
  return WebAssembly.validate(module.bytes());
}

/** In browsers only where the page is cross-origin isolated. */
function mayShare(): boolean {
  const isolated = (globalThis as { readonly crossOriginIsolated?: boolean }).crossOriginIsolated ?? true;
  return isolated && typeof SharedArrayBuffer !== 'undefined';
}

/** Not in a window's own thread. */
function mayWait(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0);
    return true;
  } catch {
    return false;
  }
}
