/** Items of a run made by the page's worker, which reads a film once for all that is made of it. */

import type { Analysis } from '../../counterfactual/analysis';
import { throwIfCancelled } from '../../counterfactual/errors';
import { lessThanSeenInWords, remarksOnMade } from '../../counterfactual/remarks';
import type { Radiograph } from '../../imaging/radiograph';
import * as reasons from '../../messages/en/reasons';
import * as swap from '../../messages/en/swap';
import type { RunItem } from '../../run/item';
import type { ItemContext, RunMethod } from '../../run/runner';
import type { JobControl } from '../../worker/control';
import { samplingFor, type ModelRelease } from '../release';
import type { CounterfactualWorker } from '../services';
import { doubtOf, TWIN_SEED } from '../donorStreams';
import { Donors, editOfSwap, requireAnother, type BorrowedFrom } from '../plannedSwap';
import { lessMeant } from '../lessened';
import { editOfWords } from '../wordsEdit';

export interface WorkerMethodOptions {
  /** Holds the run before the next item and within one, and ends it. */
  readonly control: JobControl;
  /** @param fraction 0 to 1 */
  readonly onProgress: (item: RunItem, fraction: number) => void;
}

/** Shares of an item's time, roughly: reading the film, and making and judging the result. */
const READ = 0.3;

export function workerMethod(
  worker: Pick<CounterfactualWorker, 'analyse' | 'generate' | 'pathology'>,
  release: ModelRelease,
  { control, onProgress }: WorkerMethodOptions,
): RunMethod {
  let last: { readonly radiograph: Radiograph; readonly analysis: Analysis } | undefined;
  const donors = new Donors();
  const donorOf = (film: Radiograph, signal: AbortSignal, remark: ItemContext['remark']): Promise<BorrowedFrom> =>
    donors.read(
      film,
      async () => {
        const analysis = await worker.analyse(film);
        const { reading, probabilities } = analysis;
        if (analysis.mirrored === true) remark?.({ film: film.name, text: swap.donorMirrored() });
        return { film, reading, probabilities, doubt: doubtOf(film.name, analysis) };
      },
      {
        erased: async (edit) => {
          const sampling = { seed: TWIN_SEED, sampler: 'auto', ...samplingFor(release, edit.kind) } as const;
          const options = { signal, control, allowUncertain: true, onProgress: () => undefined };
          return (await worker.generate(film, edit, sampling, options)).image;
        },
        pathology: (healthy) => worker.pathology(film, healthy, { signal }),
      },
      signal,
    );
  return {
    async make(radiograph, item, { signal = control.signal, donor: donorFilm, remark }) {
      const { name: film } = radiograph;
      if (donorFilm !== undefined) requireAnother(radiograph, donorFilm);
      await released(control);
      throwIfCancelled(signal);
      onProgress(item, 0);
      if (last?.radiograph !== radiograph) {
        last = { radiograph, analysis: await worker.analyse(radiograph) };
        if (last.analysis.mirrored === true) remark?.({ film, text: reasons.mirrored() });
      }
      await released(control);
      throwIfCancelled(signal);
      onProgress(item, READ);
      const { reading, zones } = last.analysis;
      const edit =
        item.donor === undefined || donorFilm === undefined
          ? editOfWords(item.request, { radiograph, reading, regions: (place) => zones[place] })
          : editOfSwap(
              { id: item.id, donor: item.donor },
              await donorOf(donorFilm, signal, remark),
              reading,
              release.thresholds,
            );
      const less = lessMeant(item.request, edit, reading);
      if (less !== undefined) remark?.({ film, text: lessThanSeenInWords(less) });
      const sampling = { seed: item.seed, sampler: 'auto', ...samplingFor(release, edit.kind) } as const;
      const made = await worker.generate(radiograph, edit, sampling, {
        signal,
        control,
        allowUncertain: false,
        onProgress: ({ fraction }) => {
          onProgress(item, READ + (1 - READ) * fraction);
        },
      });
      for (const text of remarksOnMade(made)) remark?.({ film, text });
      return made;
    },
  };
}

/** Resolves when the run is not held, or has ended. */
function released(control: JobControl): Promise<void> {
  if (!control.paused || control.signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      stop();
      control.signal.removeEventListener('abort', done);
      resolve();
    };
    const stop = control.listen((wish) => {
      if (wish === 'resume') done();
    });
    control.signal.addEventListener('abort', done);
  });
}
