/** Which sampler and settings an edit gets: what the user set, else what the release measured best for its kind. */

import { isRemoval } from '../findings/change';
import type { Manifest } from '../networks/manifest';
import type { EditKind, Recipe, SampledBy, SamplingOptions, SettingName } from './edit';

/** How one direction of an edit is sampled. */
export type StageSampling = Omit<SampledBy, 'blended' | 'clearing'>;

/** `clearing`: how what goes is sampled, where the edit both clears and adds; all else is then for what comes. */
export type ResolvedSampling = Omit<SampledBy, 'blended'>;

type Settings = Pick<SamplingOptions, SettingName>;

/** What the release advises for a kind of edit; for removals, of opacity. */
export function advisedSampling(sampling: Manifest['sampling'], kind: EditKind): Settings {
  return settingsOf(sampling, kind, isRemoval({ kind }));
}

/** @param clears opacity goes and nothing else is asked */
function settingsOf(
  { steps, guidance, maxTime, kinds, healthyTwin }: Manifest['sampling'],
  kind: EditKind,
  clears: boolean,
): Settings {
  const own = (clears ? healthyTwin : undefined) ?? kinds[kind];
  return { steps: own?.steps ?? steps, guidance: own?.guidance ?? guidance, maxTime: own?.maxTime ?? maxTime };
}

/** What the user set stays set for another kind; what was the release's advice for the one is that for the other. */
function asAdvised(options: SamplingOptions, before: Settings, after: Settings): SamplingOptions {
  const own = (name: SettingName): number =>
    options[name] === before[name] && options.chosen?.includes(name) !== true ? after[name] : options[name];
  return { ...options, steps: own('steps'), guidance: own('guidance'), maxTime: own('maxTime') };
}

/** Both directions of an edit that clears and adds, each as the release samples edits of its kind. */
export function resolveStages(
  options: SamplingOptions,
  kind: EditKind,
  sampling: Manifest['sampling'],
  clears: boolean,
): ResolvedSampling {
  const coming: EditKind = isRemoval({ kind }) ? 'add' : kind;
  const as = (to: EditKind): SamplingOptions =>
    asAdvised(options, advisedSampling(sampling, kind), advisedSampling(sampling, to));
  const { seed: _, ...clearing } = resolveSampling(as('remove'), 'remove', sampling, clears);
  return { ...resolveSampling(as(coming), coming, sampling, false), clearing };
}

/**
 * Everything decided for the denoiser: what is left to it takes the release's sampler, and inpainting starts at pure noise whatever
 * maxTime says.
 * @param clears opacity goes and nothing else is asked: where the way is left open, the flow starts from the healthy twin
 */
export function resolveSampling(
  options: SamplingOptions,
  kind: EditKind,
  sampling: Manifest['sampling'],
  clears: boolean,
): StageSampling {
  const isOpen = options.sampler === 'auto' || options.sampler === 'sketch';
  const twin = isOpen && clears ? sampling.healthyTwin : undefined;
  const sampler = twin !== undefined ? 'twin-flow' : isOpen ? sampling.sampler[kind] : options.sampler;
  const own = twin ?? sampling.kinds[kind];
  const inpainting = sampler === 'inpaint';
  const overshoot = own?.overshoot ?? sampling.overshoot;
  const undershoot = own?.undershoot ?? sampling.undershoot;
  const { seed, steps, guidance, maxTime } = asAdvised(
    options,
    advisedSampling(sampling, kind),
    settingsOf(sampling, kind, twin !== undefined),
  );
  return {
    seed,
    steps,
    guidance,
    sampler,
    maxTime: inpainting ? 1 : maxTime,
    shift: own?.shift ?? sampling.shift ?? 1,
    averages: inpainting ? 1 : (own?.averages ?? sampling.averages ?? 1),
    passes: inpainting
      ? 1
      : (passesOf(twin, steps) ?? own?.passes ?? (twin === undefined ? sampling.passes : undefined) ?? 1),
    ...(twin !== undefined && { healthyTwin: true }),
    ...(twin?.repeatAbove !== undefined && { repeatAbove: twin.repeatAbove }),
    ...(inpainting || overshoot === undefined || undershoot === undefined ? {} : { overshoot, undershoot }),
  };
}

/** A pass that is repeated where something is left has as many steps as the release gives one, or there are fewer of them. */
function passesOf(twin: Manifest['sampling']['healthyTwin'], steps: number): number | undefined {
  if (twin?.repeatAbove === undefined || twin.passes === undefined) return undefined;
  return Math.min(twin.passes, Math.max(1, Math.floor((steps * twin.passes) / twin.steps)));
}

/** Whether a share of a change to the ends of the scale was taken (blend.ts). */
export function isBlended({ sampling }: Pick<Recipe, 'sampling'>): boolean {
  return sampling.sampler !== 'sketch' && sampling.blended === true;
}
