/** D(e) of an edit, remembered: what differs by grade only shares its samples, so that a sweep of one place costs two edits. */

import { gradeAt } from '../findings/change';
import { LATENT_LENGTH, type ImageGrid } from '../networks/typed';
import type { ResolvedSampling } from './choose';
import type { Edit, NoisePath } from './edit';
import { noiseOf } from './noise';
import type { Plan } from './plan';
import { maskHash } from './recipe';
import { sampleEdit } from './sampleEdit';
import type { Networks, Source } from './source';
import type { SamplerHooks } from './twinFlow';

/** Decoded edits kept of a source: both ends of a sweep, and as many again. */
const KEPT = 4;

const remembered = new WeakMap<Source, Map<string, ImageGrid>>();

/** [256 x 256] in about [-1, 1]. Without steps where the same was sampled before. @throws CancelledError, EngineError */
export async function decodedEdit(
  source: Source,
  networks: Networks,
  plan: Plan,
  sampling: ResolvedSampling,
  noise: NoisePath | undefined,
  hooks: SamplerHooks,
): Promise<ImageGrid> {
  const key = JSON.stringify([await inFull(plan.blend?.asked ?? plan.edit), sampling, noise?.rho, noise?.path]);
  const known = remembered.get(source) ?? new Map<string, ImageGrid>();
  remembered.set(source, known);
  const before = known.get(key);
  if (before !== undefined) return before;
  const latent = await source.latent(hooks.signal);
  const edited = await sampleEdit(
    networks,
    latent,
    plan,
    source,
    sampling,
    noiseOf(sampling.seed, LATENT_LENGTH, noise),
    hooks,
  );
  const decoded = await (await networks.decoder()).decode(edited, hooks.signal);
  known.set(key, decoded);
  const oldest = known.keys().next();
  if (known.size > KEPT && oldest.done !== true) known.delete(oldest.value);
  return decoded;
}

/** The same request however it was put: every place with its grade, a mask by its hash. */
async function inFull(edit: Edit): Promise<object> {
  const { mask, ...asked } = edit;
  if (mask !== undefined) return { ...asked, mask: await maskHash(mask) };
  const { kind, finding, further, places } = asked;
  return { kind, finding, further, severities: places.map((place) => [place, gradeAt(edit, place)]) };
}
