/** A request in words, made by the release's networks: what the studio does, without a screen. */

import { generate } from '../counterfactual/generate';
import { prepareSource, type Source } from '../counterfactual/source';
import { advisedSampling } from '../counterfactual/choose';
import type { SamplingOptions } from '../counterfactual/edit';
import { focalCandidates, focalMask } from '../counterfactual/locate/focal';
import { findingName } from '../findings/words';
import type { Mask, Radiograph } from '../imaging/radiograph';
import { NotLocatedError, RequestNotUnderstoodError } from '../run/errors';
import type { RunMethod } from '../run/runner';
import { initialRequest, withText, type EditRequest } from '../record/editRequest';
import { locates } from '../state/locate';
import { toEdit } from '../state/requestedEdit';
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
      const asked = withText(initialRequest(), request);
      const { problem } = asked.understanding;
      if (problem !== undefined) throw new RequestNotUnderstoodError(problem.reason, problem.advice);
      const edit = toEdit(asked, locatedMask(source, asked), source.reading.zoneSeverity);
      const advised = advisedSampling(suite.manifest.sampling, edit.kind);
      return generate(source, suite, edit, { seed, sampler, ...advised }, { signal, allowUncertain, backend, clock });
    },
  };
}

/** Where what is to go is likeliest to lie; undefined where the request says where, or is of no one place. @throws NotLocatedError */
function locatedMask({ radiograph, anatomy, reading }: Source, request: EditRequest): Mask | undefined {
  if (!locates(request, undefined)) return undefined;
  const [likeliest] = focalCandidates(
    { radiograph, regions: anatomy.regions, opacityMap: reading.opacityMap },
    request.places,
  );
  if (likeliest === undefined) throw new NotLocatedError(radiograph.name, findingName(request.finding));
  return focalMask(likeliest, radiograph);
}
