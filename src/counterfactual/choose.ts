/** Which sampler and settings an edit gets: what the user set, else what the release measured best for its kind. */

import { isRemoval } from '../findings/change';
import type { Manifest } from '../networks/manifest';
import type { EditKind, Recipe, SampledBy, SamplingOptions } from './edit';

/** How one direction of an edit is sampled. */
export type StageSampling = Omit<SampledBy, 'blended' | 'clearing'>;

/** `clearing`: how what goes is sampled, where the edit both clears and adds; all else is then for what comes. */
export type ResolvedSampling = Omit<SampledBy, 'blended'>;

/** What the release advises for a kind of edit. */
export function advisedSampling(
  { steps, guidance, maxTime, kinds }: Manifest['sampling'],
  kind: EditKind,
): Pick<SamplingOptions, 'steps' | 'guidance' | 'maxTime'> {
  const own = kinds[kind];
  return { steps: own?.steps ?? steps, guidance: own?.guidance ?? guidance, maxTime: own?.maxTime ?? maxTime };
}

/** What the user set for one kind stays set for another; what was the release's advice for the one is that for the other. */
function asAdvised(
  options: SamplingOptions,
  from: EditKind,
  to: EditKind,
  sampling: Manifest['sampling'],
): SamplingOptions {
  const [before, after] = [advisedSampling(sampling, from), advisedSampling(sampling, to)];
  const { steps, guidance, maxTime } = options;
  return {
    ...options,
    steps: steps === before.steps ? after.steps : steps,
    guidance: guidance === before.guidance ? after.guidance : guidance,
    maxTime: maxTime === before.maxTime ? after.maxTime : maxTime,
  };
}

/** Both directions of an edit that clears and adds, each as the release samples edits of its kind. */
export function resolveStages(
  options: SamplingOptions,
  kind: EditKind,
  sampling: Manifest['sampling'],
): ResolvedSampling {
  const coming: EditKind = isRemoval({ kind }) ? 'add' : kind;
  const { seed: _, ...clearing } = resolveSampling(asAdvised(options, kind, 'remove', sampling), 'remove', sampling);
  return { ...resolveSampling(asAdvised(options, kind, coming, sampling), coming, sampling), clearing };
}

/** Everything decided for the denoiser: what is left to it takes the release's sampler, and inpainting starts at pure noise whatever maxTime says. */
export function resolveSampling(
  options: SamplingOptions,
  kind: EditKind,
  sampling: Manifest['sampling'],
): StageSampling {
  const sampler = options.sampler === 'auto' || options.sampler === 'sketch' ? sampling.sampler[kind] : options.sampler;
  const own = sampling.kinds[kind];
  const inpainting = sampler === 'inpaint';
  const overshoot = own?.overshoot ?? sampling.overshoot;
  const undershoot = own?.undershoot ?? sampling.undershoot;
  return {
    seed: options.seed,
    steps: options.steps,
    guidance: options.guidance,
    sampler,
    maxTime: inpainting ? 1 : options.maxTime,
    shift: own?.shift ?? sampling.shift ?? 1,
    averages: inpainting ? 1 : (own?.averages ?? sampling.averages ?? 1),
    passes: inpainting ? 1 : (own?.passes ?? sampling.passes ?? 1),
    ...(inpainting || overshoot === undefined || undershoot === undefined ? {} : { overshoot, undershoot }),
  };
}

/** Whether a share of a change to the ends of the scale was taken (blend.ts). */
export function isBlended({ sampling }: Pick<Recipe, 'sampling'>): boolean {
  return sampling.sampler !== 'sketch' && sampling.blended === true;
}
