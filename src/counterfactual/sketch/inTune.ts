/** Sketches of one finding brought in tune with the film that they lie in, all at once: the denoiser's residual, at native size. */

import { maskReach, unionMasks } from '../../imaging/mask';
import type { Mask, Radiograph } from '../../imaging/radiograph';
import { GRID_SIZE, resizeBicubicIn, toNetworkGrid } from '../../imaging/resample';
import { canonicalPlaces } from '../../findings/places';
import type { RegionMaps } from '../../findings/regions';
import type { Place, Severity } from '../../findings/vocabulary';
import type { ImageGrid } from '../../networks/typed';
import { softened } from '../maskMaps';
import type { DrawnFinding, Edit, Reading } from '../edit';
import { latentMask } from '../latentMask';
import { METAL_SHOWS } from '../metal/onFilm';
import { metalStays } from '../metal/stays';
import { readImage, type Networks, type Source } from '../source';
import { editStatements, toldOf } from '../statement';
import type { SamplerHooks } from '../twinFlow';
import { withDensityChange } from './density';
import type { SketchedFilm } from './drawFinding';
import { blurredValues, type Box } from './field';
import { harmonised, TEXTURE_BLUR } from './harmonise';
import type { Sketch } from './sketch';
import type { Drawing } from './ways';

/** One finding in places of different grades, drawn one after another onto the same film. */
export interface SketchedGroup {
  /** Before the first of them. */
  readonly onto: Radiograph;
  /** At least one, each onto the one before it. */
  readonly sketched: readonly SketchedFilm[];
  readonly drawings: readonly Drawing[];
  readonly way: NonNullable<DrawnFinding['harmonised']>;
  /** Share of the denoiser's texture that is kept, in [0, 1]. */
  readonly texture: number;
}

interface TunedFilm {
  readonly radiograph: Radiograph;
  /** Union of the sketches' masks: 255 or 0, and the same with a soft rim. */
  readonly hard: Mask;
  readonly soft: Mask;
}

/**
 * @param index which drawing of the edit the first of them is
 * @throws CancelledError, EngineError
 */
export async function inTune(
  source: Source,
  networks: Networks,
  { onto, sketched, drawings, way, texture }: SketchedGroup,
  seed: number,
  index: number,
  hooks: SamplerHooks,
): Promise<TunedFilm> {
  const last = sketched.at(-1);
  if (last === undefined) throw new RangeError('Nothing was sketched.');
  const hard = unionMasks(...sketched.map((each) => each.hard));
  const soft = softened(hard);
  const image = toNetworkGrid(last.radiograph);
  const z = await (await networks.encoder()).encode(image, hooks.signal);
  const cells = latentMask(hard);
  const { regions, reading } = drawings.some(({ remove }) => remove === true)
    ? await seenAnew(image, networks, hooks.signal)
    : { regions: source.anatomy.regions, reading: source.reading };
  const { target } = editStatements(reading, together(drawings), cells, regions, toldOf(networks.manifest));
  const e = await harmonised(
    await networks.denoiser(),
    { latent: z, cells, target, regions, context: source.context, seed, index, ...way },
    hooks,
  );
  const decoder = await networks.decoder();
  const [before, made] = [await decoder.decode(z, hooks.signal), await decoder.decode(e, hooks.signal)];
  const after = drawings.some(({ edit }) => METAL_SHOWS.has(edit.finding)) ? metalStays(source)(before, made) : made;
  const own = after.map((value, at) => (value - (before[at] as number)) / 2);
  const residual = withTexture(own, texture);
  const { change, box } = tuned(
    sketched.map(({ sketch }) => sketch),
    residual,
    soft,
  );
  return { radiograph: { ...onto, pixels: withDensityChange(onto, change, box).pixels }, hard, soft };
}

function withTexture(own: Float32Array, kept: number): Float32Array {
  if (kept === 1) return own;
  const smooth = blurredValues(own, GRID_SIZE, GRID_SIZE, TEXTURE_BLUR);
  return smooth.map((value, at) => value + kept * ((own[at] as number) - value));
}

/** Where something has gone the lung is larger and clearer than the source's, and that is what the denoiser is to be told. */
async function seenAnew(
  image: ImageGrid,
  networks: Networks,
  signal: AbortSignal | undefined,
): Promise<{ readonly regions: RegionMaps; readonly reading: Reading }> {
  const { regions } = await (await networks.anatomist()).locate(image, signal);
  return { regions, reading: await readImage(await networks.reader(), image, regions, networks, signal) };
}

/** All that is drawn as one edit: what the denoiser is told to see. */
function together(drawings: readonly Drawing[]): Edit {
  const [first, ...others] = drawings.map(({ edit }): Extract<Edit, { kind: 'add' }> => ({ ...edit, kind: 'add' }));
  if (first === undefined) throw new RangeError('Nothing was sketched.');
  if (others.length === 0) return first;
  const severities: Partial<Record<Place, Severity>> = {};
  for (const { places, severity } of [first, ...others]) {
    for (const place of places) severities[place] = Math.max(severity, severities[place] ?? 0);
  }
  const places = canonicalPlaces(Object.keys(severities) as Place[]);
  return { ...first, places, severity: Math.max(...Object.values(severities)), severities };
}

/** The sketches' changes with the denoiser's residual [256 x 256] added inside the soft mask. */
function tuned(
  sketches: readonly Sketch[],
  residual: Float32Array,
  soft: Mask,
): { readonly change: Float32Array; readonly box: Box } {
  const { width, height, data } = soft;
  // Every sketch lies inside the mask.
  const box = maskReach(soft) ?? { x: 0, y: 0, width: 0, height: 0 };
  const change = resizeBicubicIn(residual, GRID_SIZE, GRID_SIZE, width, height, box);
  for (let row = 0, at = 0; row < box.height; row++) {
    for (let i = (box.y + row) * width + box.x, end = i + box.width; i < end; i++, at++)
      change[at] = ((change[at] as number) * (data[i] as number)) / 255;
  }
  for (const sketch of sketches) {
    const own = sketch.box;
    for (let row = 0, at = 0; row < own.height; row++) {
      const to = (own.y - box.y + row) * box.width + own.x - box.x;
      for (let column = 0; column < own.width; column++, at++) {
        const more = sketch.change[at] as number;
        if (more !== 0) change[to + column] = (change[to + column] as number) + more;
      }
    }
  }
  return { change, box };
}
