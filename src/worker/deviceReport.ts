/** What the badge says about where the networks run. */

import type { Executor, createExecutor } from '../engine';
import type { DeviceReport } from './messages';

type SelectionReport = Awaited<ReturnType<typeof createExecutor>>['report'];

export function deviceReport(
  { backend, device }: Pick<Executor, 'backend' | 'device'>,
  { candidates }: SelectionReport,
  notes: readonly string[],
): DeviceReport {
  const measured = candidates.flatMap((each) =>
    each.calibration === undefined ? [] : [[each.backend, each.calibration.milliseconds] as const],
  );
  const said = candidates.flatMap((each) => (each.note === undefined ? [] : [`${each.backend}: ${each.note}`]));
  return { backend, device, calibration: Object.fromEntries(measured), notes: [...said, ...notes] };
}
