/** What is measured, in words. */

import * as say from '../../messages/en/bench';
import type { EditName, OwnEngine } from '../../worker/bench/measurements';
import type { OwnJob } from './runBench';

const ENGINES = { wgsl: say.ours, 'simd-wasm': say.oursOnCpu, 'tfjs-webgpu': say.tfjsWebgpu } as const;
const EDITS = { erase: say.erase, add: say.add } as const;

export function nameOfEngine(engine: OwnEngine): string {
  return ENGINES[engine]();
}

export function nameOfEdit(edit: EditName): string {
  return EDITS[edit]();
}

export function nameOfJob(job: OwnJob): string {
  if (job.kind === 'peak') return say.peak();
  const subject = job.kind === 'network' ? job.network : nameOfEdit(job.edit);
  return say.on({ subject, engine: nameOfEngine(job.engine) });
}
