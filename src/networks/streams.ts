/** The networks of the residual dual stream, in domain terms: what a film has more than its healthy twin, and what draws it. */

import type { Network } from '../engine/executor';
import { GRID, GRID_CELLS, type RegionMaps } from '../findings/regions';
import { SUB_ZONES, TOKEN_CHANNELS, TOKENS_LENGTH, type PathologyTokens } from '../findings/pathology';
import { REGIONS } from '../findings/vocabulary';
import { LATENT_CHANNELS, LATENT_LENGTH, networkOutput, type Latent } from './typed';

/** The latent's channels, and the share of the way to opacity. */
export const DIFFERENCE_CHANNELS = LATENT_CHANNELS + 1;

export interface PathologyReading {
  readonly tokens: PathologyTokens;
  /** Of each sub-zone, as its token tells it, in about [0, 1]. */
  readonly opacity: Float32Array;
}

export interface PathologyNetwork {
  /**
   * @param seen [32 x 32 x DIFFERENCE_CHANNELS]
   * @param weights [SUB_ZONES x 1024], of sum 1 for each sub-zone
   */
  read(seen: Float32Array, weights: Float32Array, signal?: AbortSignal): Promise<PathologyReading>;
}

export function createPathology(network: Network): PathologyNetwork {
  return {
    async read(seen, weights, signal) {
      const outputs = await network.run(
        {
          seen: { shape: [1, GRID, GRID, DIFFERENCE_CHANNELS], data: seen },
          weights: { shape: [1, SUB_ZONES, GRID_CELLS], data: weights },
        },
        signal === undefined ? {} : { signal },
      );
      return {
        tokens: networkOutput(network, outputs, 'tokens', TOKENS_LENGTH),
        opacity: networkOutput(network, outputs, 'opacity', SUB_ZONES),
      };
    },
  };
}

export interface DrawnPathology {
  readonly twin: Latent;
  readonly regions: RegionMaps;
  readonly tokens: PathologyTokens;
  /** [SUB_ZONES x 1024], which sum to the lungs. */
  readonly maps: Float32Array;
  /** From the twin's lungs to its mediastinum, in units of the latent. */
  readonly length: number;
}

export interface Recomposer {
  /** What is to be added to the twin's latent. */
  draw(asked: DrawnPathology, signal?: AbortSignal): Promise<Latent>;
}

export function createRecomposer(network: Network): Recomposer {
  return {
    async draw({ twin, regions, tokens, maps, length }, signal) {
      const outputs = await network.run(
        {
          twin: { shape: [1, GRID, GRID, LATENT_CHANNELS], data: twin },
          regions: { shape: [1, GRID, GRID, REGIONS.length], data: regions },
          tokens: { shape: [1, SUB_ZONES, TOKEN_CHANNELS], data: tokens },
          maps: { shape: [1, SUB_ZONES, GRID_CELLS], data: maps },
          length: { shape: [1, 1], data: Float32Array.of(length) },
        },
        signal === undefined ? {} : { signal },
      );
      return networkOutput(network, outputs, 'drawn', LATENT_LENGTH);
    },
  };
}
