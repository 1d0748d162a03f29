/** The results as a file: numbers and the names of hardware, nothing of anybody's images. */

import { version } from '../../../package.json';
import type { Findings, Scope } from './runBench';

export interface BenchFile extends Findings {
  readonly format: 'counterpart-bench';
  readonly version: 1;
  readonly studio: string;
  readonly created: string;
  readonly scope: Scope;
  readonly browser: string;
  readonly processors: number;
  /** False: WebAssembly had one thread. */
  readonly isolated: boolean;
}

export function benchFile(scope: Scope, findings: Findings, created: Date): BenchFile {
  return {
    format: 'counterpart-bench',
    version: 1,
    studio: version,
    created: created.toISOString(),
    scope,
    browser: navigator.userAgent,
    processors: navigator.hardwareConcurrency,
    isolated: globalThis.crossOriginIsolated,
    ...findings,
  };
}
