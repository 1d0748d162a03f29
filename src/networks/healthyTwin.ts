/** The network that takes opacity away in one pass, in domain terms (blueprint, Method 4). */

import type { Network } from '../engine/executor';
import { GRID, type RegionMaps } from '../findings/regions';
import { REGIONS } from '../findings/vocabulary';
import { LATENT_CHANNELS, LATENT_LENGTH, networkOutput, type Latent } from './typed';

export interface Erased {
  readonly latent: Latent;
  readonly regions: RegionMaps;
  /** [32 x 32] in [0, 1], soft at its edge: exactly nothing is added where it is 0. */
  readonly mask: Float32Array;
  /** [32 x 32] in [0, 1], as the reader sees it in the film. */
  readonly opacity: Float32Array;
}

export interface HealthyTwin {
  /** What is to be added to the film's latent so that it shows no opacity inside the mask. */
  more(asked: Erased, signal?: AbortSignal): Promise<Latent>;
}

export function createHealthyTwin(network: Network): HealthyTwin {
  return {
    async more({ latent, regions, mask, opacity }, signal) {
      const outputs = await network.run(
        {
          latent: { shape: [1, GRID, GRID, LATENT_CHANNELS], data: latent },
          regions: { shape: [1, GRID, GRID, REGIONS.length], data: regions },
          mask: { shape: [1, GRID, GRID, 1], data: mask },
          opacity: { shape: [1, GRID, GRID, 1], data: opacity },
        },
        signal === undefined ? {} : { signal },
      );
      return networkOutput(network, outputs, 'more', LATENT_LENGTH);
    },
  };
}
