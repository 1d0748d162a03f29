/** A request in words, made by the release's networks: what the studio does, without a screen. */

import { advisedSampling } from '../counterfactual/choose';
import type { SamplingOptions } from '../counterfactual/edit';
import { generate } from '../counterfactual/generate';
import { prepareSource, type Source } from '../counterfactual/source';
import type { Radiograph } from '../imaging/radiograph';
import type { RunMethod } from '../run/runner';
import { editOfWords } from '../state/wordsEdit';
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
  const sourceOf = async (radiograph: Radiograph, signal: AbortSignal | undefined): Promise<Source> => {
    if (last?.radiograph !== radiograph) last = await prepareSource(radiograph, suite, signal);
    return last;
  };
  return {
    async make(radiograph, { request, seed }, signal) {
      const source = await sourceOf(radiograph, signal);
      const edit = editOfWords(request, { radiograph, reading: source.reading, regions: source.anatomy.regions });
      const advised = advisedSampling(suite.manifest.sampling, edit.kind);
      return generate(source, suite, edit, { seed, sampler, ...advised }, { signal, allowUncertain, backend, clock });
    },
  };
}
