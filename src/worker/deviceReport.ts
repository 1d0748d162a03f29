/** What the badge says about where the networks run. */

import type { Executor, createExecutor } from '../engine';
import type { DeviceReport } from './messages';

type SelectionReport = Awaited<ReturnType<typeof createExecutor>>['report'];

const NAMES = { webgpu: 'WebGPU', wasm: 'WebAssembly' } as const;

/** A note that names its backend needs no heading. */
function about(name: string, note: string): string {
  return note.includes(name) ? note : `${name}: ${note}`;
}

export function deviceReport(
  { backend, device }: Pick<Executor, 'backend' | 'device'>,
  { candidates }: SelectionReport,
  notes: readonly string[],
): DeviceReport {
  const measured = candidates
    .flatMap((each) => (each.calibration === undefined ? [] : [[each.backend, each.calibration.milliseconds] as const]))
    // WebGPU is tried with two kinds of kernels; the faster of them counts.
    .toSorted(([, a], [, b]) => b - a);
  const said = candidates.flatMap((each) => (each.note === undefined ? [] : [about(NAMES[each.backend], each.note)]));
  return { backend, device, calibration: Object.fromEntries(measured), notes: [...said, ...notes] };
}
