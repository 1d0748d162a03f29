/** Whether the networks compute here as they should: a sample is read twice. No radiograph of the user is touched. */

import * as say from '../../messages/en/diagnostics';
import { percent, seconds } from '../../messages/numbers';
import type { StudioServices } from '../../state/services';

export interface SelfCheck {
  readonly name: string;
  readonly passed: boolean;
  readonly detail: string;
}

export interface SelfTest {
  readonly checks: readonly SelfCheck[];
}

/** Below this belief the studio itself would ask. */
const FRONTAL = 0.5;

/** Never rejects: a failure is a check that did not pass. */
export async function selfTest({
  samples,
  sampleBytes,
  open,
  worker,
  now,
}: Pick<StudioServices, 'samples' | 'sampleBytes' | 'open' | 'worker' | 'now'>): Promise<SelfTest> {
  try {
    const [sample] = await samples();
    if (sample === undefined) return { checks: [{ name: say.sample(), passed: false, detail: say.noSample() }] };
    const radiograph = await open(await sampleBytes(sample), sample.file);
    const began = now();
    // Identities of their own, or the second answer would be the first one remembered.
    const first = await worker.analyse({ ...radiograph, id: `self-test ${String(began)} a` });
    const second = await worker.analyse({ ...radiograph, id: `self-test ${String(began)} b` });
    const milliseconds = (now() - began) / 2;
    const values = [
      ...Object.values(first.reading.findings),
      ...first.reading.zoneSeverity,
      ...first.reading.opacityMap,
    ];
    const again = [
      ...Object.values(second.reading.findings),
      ...second.reading.zoneSeverity,
      ...second.reading.opacityMap,
    ];
    const largest = values.reduce(
      (most, value, index) => Math.max(most, Math.abs(value - (again[index] ?? Number.NaN))),
      0,
    );
    return {
      checks: [
        { name: say.readsChest(), passed: true, detail: seconds(milliseconds, 2) },
        { name: say.frontal(), passed: first.frontalChest >= FRONTAL, detail: percent(first.frontalChest) },
        {
          name: say.everyNumber(),
          passed: values.every(Number.isFinite),
          detail: say.values({ count: values.length }),
        },
        {
          name: say.sameTwice(),
          passed: largest === 0,
          detail: largest === 0 ? '' : say.largestDifference({ value: largest.toExponential(1) }),
        },
      ],
    };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { checks: [{ name: say.readsChest(), passed: false, detail }] };
  }
}
