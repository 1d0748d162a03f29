/** What a film has more than its healthy twin, as tokens that another patient's twin can take (blueprint, Method 4). */

import type { PathologyTokens } from '../../findings/pathology';
import { GRID_CELLS, lungMap, type RegionMaps } from '../../findings/regions';
import { REGIONS } from '../../findings/vocabulary';
import type { Radiograph } from '../../imaging/radiograph';
import { toNetworkGrid } from '../../imaging/resample';
import { DIFFERENCE_CHANNELS, type PathologyReading } from '../../networks/streams';
import { LATENT_CHANNELS, type Latent } from '../../networks/typed';
import type { Networks, Source } from '../source';
import { poolingOf, subZones } from './subZones';

const LEAST_CONTRAST = 0.3;
/** A region with less of it, in cells, counts as this much. */
const LEAST_MASS = 1;

export interface Contrast {
  /** From the mean of a twin's lungs to that of its mediastinum, [8]. */
  readonly way: Float32Array;
  /** How long that is. Opacity is a share of it: so films of different exposure can be compared. */
  readonly length: number;
}

export function contrastOf(twin: Latent, regions: RegionMaps): Contrast {
  const channel = REGIONS.indexOf('mediastinum');
  const lungs = lungMap(regions);
  const mediastinum = lungs.map((_, cell) => regions[cell * REGIONS.length + channel] ?? 0);
  const [from, to] = [meanOf(twin, lungs), meanOf(twin, mediastinum)];
  const way = to.map((value, at) => value - (from[at] as number));
  return { way, length: Math.max(LEAST_CONTRAST, Math.hypot(...way)) };
}

function meanOf(latent: Latent, weights: Float32Array): Float32Array {
  const mass = Math.max(
    LEAST_MASS,
    weights.reduce((sum, value) => sum + value, 0),
  );
  const mean = new Float32Array(LATENT_CHANNELS);
  for (let cell = 0; cell < GRID_CELLS; cell++) {
    const weight = (weights[cell] as number) / mass;
    for (let at = 0; at < LATENT_CHANNELS; at++)
      mean[at] = (mean[at] as number) + weight * (latent[cell * LATENT_CHANNELS + at] as number);
  }
  return mean;
}

/**
 * The difference as the network takes it, [32 x 32 x 9]: in lengths of the contrast, then its share of the way, both weighed by the
 * root of the opacity.
 * @param opacityMap [32 x 32], as the reader sees it in the film
 */
export function differenceOf(film: Latent, twin: Latent, opacityMap: Float32Array, contrast: Contrast): Float32Array {
  const { way, length } = contrast;
  const seen = new Float32Array(GRID_CELLS * DIFFERENCE_CHANNELS);
  for (let cell = 0; cell < GRID_CELLS; cell++) {
    const weight = Math.sqrt(Math.max(0, opacityMap[cell] as number));
    let along = 0;
    for (let at = 0; at < LATENT_CHANNELS; at++) {
      const more = (film[cell * LATENT_CHANNELS + at] as number) - (twin[cell * LATENT_CHANNELS + at] as number);
      along += more * (way[at] as number);
      seen[cell * DIFFERENCE_CHANNELS + at] = (more / length) * weight;
    }
    seen[cell * DIFFERENCE_CHANNELS + LATENT_CHANNELS] = (along / length ** 2) * weight;
  }
  return seen;
}

/**
 * @param film, twin latents of the radiograph and of the same without its opacities
 * @param opacityMap [32 x 32], as the reader sees it in the film
 * @throws CancelledError, EngineError, and what the network's download throws
 */
export async function readPathology(
  networks: Networks,
  film: Latent,
  twin: Latent,
  opacityMap: Float32Array,
  regions: RegionMaps,
  signal?: AbortSignal,
): Promise<PathologyReading> {
  const network = await networks.pathology();
  const seen = differenceOf(film, twin, opacityMap, contrastOf(twin, regions));
  return network.read(seen, poolingOf(subZones(regions)), signal);
}

/**
 * The pathology of a film whose healthy twin is at hand.
 * @param healthy the same film without its opacities
 * @throws CancelledError, EngineError, and what the networks' downloads throw
 */
export async function pathologyOf(
  source: Source,
  networks: Networks,
  healthy: Radiograph,
  signal?: AbortSignal,
): Promise<PathologyReading> {
  const film = await source.latent(signal);
  const twin = await (await networks.encoder()).encode(toNetworkGrid(healthy), signal);
  return readPathology(networks, film, twin, source.reading.opacityMap, source.anatomy.regions, signal);
}

/** Tokens with those of each sub-zone times a factor, [SUB_ZONES]. */
export function scaledTokens(tokens: PathologyTokens, factors: ArrayLike<number>): PathologyTokens {
  const channels = tokens.length / factors.length;
  return tokens.map((value, at) => value * (factors[Math.floor(at / channels)] ?? 0));
}
