/** A request in words, made by the release's networks: what the studio does, without a screen. */

import { advisedSampling } from '../counterfactual/choose';
import { lessThanSeenInWords, remarksOnMade } from '../counterfactual/remarks';
import type { Edit, SamplingOptions } from '../counterfactual/edit';
import { generate, type GenerateOptions } from '../counterfactual/generate';
import { prepareSource, type Source } from '../counterfactual/source';
import { pathologyOf } from '../counterfactual/streams/pathology';
import type { Radiograph } from '../imaging/radiograph';
import * as reasons from '../messages/en/reasons';
import * as swap from '../messages/en/swap';
import type { ItemContext, RunMethod } from '../run/runner';
import { doubtOf, TWIN_SEED } from '../state/donorStreams';
import { Donors, editOfSwap, requireAnother, type BorrowedFrom } from '../state/plannedSwap';
import { releaseOf } from '../state/release';
import { lessMeant } from '../state/lessened';
import { editOfWords } from '../state/wordsEdit';
import { withoutScreen } from './errors';
import type { OpenNetworks } from './node/networks';

export interface MethodOptions {
  readonly sampler: SamplingOptions['sampler'];
  readonly allowUncertain: boolean;
}

/** Reads a film once for all its edits. @param clock of the recipes */
export function methodOf(
  { suite, backend }: OpenNetworks,
  { sampler, allowUncertain }: MethodOptions,
  clock: () => Date = () => new Date(),
): RunMethod {
  let last: Source | undefined;
  const donors = new Donors();
  const { thresholds } = releaseOf(suite.manifest);
  const sourceOf = async (radiograph: Radiograph, context: ItemContext): Promise<Source> => {
    if (last?.radiograph === radiograph) return last;
    last = await prepareSource(radiograph, suite, context.signal);
    await warnOfMirrored(last, reasons.mirrored, context);
    return last;
  };
  const warnOfMirrored = async (source: Source, say: () => string, { signal, remark }: ItemContext): Promise<void> => {
    if (remark !== undefined && (await source.mirrored(signal))) remark({ film: source.radiograph.name, text: say() });
  };
  const made = (source: Source, edit: Edit, seed: number, options: Omit<GenerateOptions, 'backend' | 'clock'>) => {
    const advised = advisedSampling(suite.manifest.sampling, edit.kind);
    return generate(source, suite, edit, { seed, sampler, ...advised }, { ...options, backend, clock });
  };
  const donorOf = (film: Radiograph, context: ItemContext): Promise<BorrowedFrom> => {
    const { signal } = context;
    // Not before it is asked for: a donor that was read for the item before is not read again.
    let reading: Promise<Source> | undefined;
    const read = (): Promise<Source> => (reading ??= prepareSource(film, suite, signal));
    return donors.read(
      film,
      async () => {
        const source = await read();
        await warnOfMirrored(source, swap.donorMirrored, context);
        const { reading, anatomy } = source;
        const doubt = allowUncertain ? undefined : doubtOf(film.name, anatomy);
        return { film, reading, probabilities: anatomy.probabilities, doubt };
      },
      {
        erased: async (edit) => (await made(await read(), edit, TWIN_SEED, { signal, allowUncertain: true })).image,
        pathology: async (healthy) => pathologyOf(await read(), suite, healthy, signal),
      },
      signal,
    );
  };
  const makeItem: RunMethod['make'] = async (radiograph, { id, request, seed, donor }, context) => {
    const { signal, donor: donorFilm, remark } = context;
    const { name: film } = radiograph;
    if (donorFilm !== undefined) requireAnother(radiograph, donorFilm);
    const source = await sourceOf(radiograph, context);
    const { reading, anatomy } = source;
    const edit =
      donor === undefined || donorFilm === undefined
        ? editOfWords(request, { radiograph, reading, regions: anatomy.regions })
        : editOfSwap({ id, donor }, await donorOf(donorFilm, context), reading, thresholds);
    // "Edema" where there is more of it; who asks for less has said so.
    const less = lessMeant(request, edit, reading);
    if (less !== undefined) remark?.({ film, text: lessThanSeenInWords(less) });
    const result = await made(source, edit, seed, { signal, allowUncertain });
    for (const text of remarksOnMade(result)) remark?.({ film, text });
    return result;
  };
  return {
    async make(radiograph, item, context) {
      try {
        return await makeItem(radiograph, item, context);
      } catch (error) {
        throw withoutScreen(error);
      }
    },
  };
}
