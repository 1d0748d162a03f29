/** What the badge says about where the networks run. */

import type { Executor, createExecutor } from '../engine';
import type { DeviceNote, DeviceReport } from './messages';

type SelectionReport = Awaited<ReturnType<typeof createExecutor>>['report'];

function noteOf({
  backend,
  device,
  note,
  code = 'unexpected',
}: SelectionReport['candidates'][number]): readonly DeviceNote[] {
  if (note === undefined) return [];
  // One that runs is noted only for not having been measured.
  return [
    device === undefined
      ? { kind: 'unusable', backend, error: { code, message: note, advice: '' } }
      : { kind: 'unmeasured', backend },
  ];
}

export function deviceReport(
  { backend, device, kernels, lacks = [] }: Pick<Executor, 'backend' | 'device' | 'kernels' | 'lacks'>,
  { candidates }: SelectionReport,
  notes: readonly DeviceNote[],
): DeviceReport {
  const measured = candidates
    .flatMap((each) => (each.calibration === undefined ? [] : [[each.backend, each.calibration.milliseconds] as const]))
    // WebGPU is tried with two kinds of kernels; the faster of them counts.
    .toSorted(([, a], [, b]) => b - a);
  return {
    backend,
    kernels,
    device,
    calibration: Object.fromEntries(measured),
    notes: [...candidates.flatMap(noteOf), ...lacks.map((what): DeviceNote => ({ kind: 'lacking', what })), ...notes],
  };
}
