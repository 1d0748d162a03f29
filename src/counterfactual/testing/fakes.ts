/** Deterministic stand-ins for the networks: a chest of rectangles, an autoencoder of cell means, a denoiser that adds what it is asked. */

import { GRID, GRID_CELLS, type RegionMaps } from '../../findings/regions';
import { SUB_ZONES, TOKEN_CHANNELS } from '../../findings/pathology';
import { TOKEN_WIDTH } from '../../findings/tokens';
import { FINDINGS, REGIONS, ZONES, type Finding } from '../../findings/vocabulary';
import { GRID_SIZE } from '../../imaging/resample';
import type { Radiograph } from '../../imaging/radiograph';
import { NETWORK_NAMES, parseManifest, type Manifest } from '../../networks/manifest';
import type { HealthyTwin } from '../../networks/healthyTwin';
import { DIFFERENCE_CHANNELS, type PathologyNetwork, type Recomposer } from '../../networks/streams';
import {
  LATENT_CHANNELS,
  LATENT_LENGTH,
  type Anatomy,
  type Denoiser,
  type DenoiserInput,
  type ImageGrid,
  type Latent,
  type Reader,
} from '../../networks/typed';
import type { World } from '../guidance';
import { generateEverything } from '../guidance';
import type { Networks } from '../source';

/** Right lung in columns 4-12, left in 19-27, rows 5-25 in thirds; heart between. */
export function fakeRegions(mirrored = false): RegionMaps {
  const maps: RegionMaps = new Float32Array(GRID_CELLS * REGIONS.length);
  for (let cell = 0; cell < GRID_CELLS; cell++) {
    const x = mirrored ? GRID - 1 - (cell % GRID) : cell % GRID;
    const y = Math.floor(cell / GRID);
    const level = Math.floor((y - 5) / 7);
    const side = x >= 4 && x <= 12 ? 0 : x >= 19 && x <= 27 ? 1 : -1;
    if (side >= 0 && level >= 0 && level < 3) maps[cell * REGIONS.length + side * 3 + level] = 1;
    if (x > 12 && x < 19 && y >= 12 && y < 26) maps[cell * REGIONS.length + ZONES.length] = 1;
    maps[cell * REGIONS.length + REGIONS.indexOf('anywhere')] = 1;
  }
  return maps;
}

/** The same chest on the anatomist's own map, [64 x 64 x 8]. */
export function fakeProbabilities(mirrored = false): Float32Array {
  const regions = fakeRegions(mirrored);
  const out = new Float32Array(64 * 64 * (ZONES.length + 2));
  for (let fine = 0; fine < 64 * 64; fine++) {
    const cell = (fine >> 7) * GRID + ((fine & 63) >> 1);
    let known = 0;
    for (let part = 0; part <= ZONES.length; part++) {
      const share = regions[cell * REGIONS.length + part] ?? 0;
      out[fine * (ZONES.length + 2) + 1 + part] = share;
      known += share;
    }
    out[fine * (ZONES.length + 2)] = 1 - known;
  }
  return out;
}

export function fakeManifest(): Manifest {
  const file = { file: 'graph.json', sha256: '0'.repeat(64), bytes: 1 };
  return parseManifest({
    format: 'counterpart-models',
    version: 1,
    release: 'test',
    created: '2026-01-01T00:00:00Z',
    networks: Object.fromEntries(
      NETWORK_NAMES.map((name) => [
        name,
        { folder: name, graph: file, weights: file, parameters: 1, version: '0.1.0' },
      ]),
    ),
    calibration: { reader: {}, 'second-reader': {}, severity: { scale: 4 } },
    sampling: {
      steps: 12,
      guidance: 4,
      maxTime: 0.9,
      sampler: { add: 'inpaint', remove: 'twin-flow', grade: 'twin-flow' },
    },
  });
}

/** Mean of each 8x8 patch in channel 0. */
export function fakeEncode(image: ImageGrid): Latent {
  const latent = new Float32Array(LATENT_LENGTH);
  for (let index = 0; index < image.length; index++) {
    const cell = (index >> 11) * GRID + ((index % GRID_SIZE) >> 3);
    latent[cell * LATENT_CHANNELS] = (latent[cell * LATENT_CHANNELS] ?? 0) + (image[index] ?? 0) / 64;
  }
  return latent;
}

/** Channel 0 of each cell as an 8x8 patch. */
export function fakeDecode(latent: Latent): ImageGrid {
  const image = new Float32Array(GRID_SIZE * GRID_SIZE);
  for (let index = 0; index < image.length; index++) {
    image[index] = latent[((index >> 11) * GRID + ((index % GRID_SIZE) >> 3)) * LATENT_CHANNELS] ?? 0;
  }
  return image;
}

/** Velocity = 0.3 z_t - the stated opacity of the regions each cell lies in: following it down in time brightens what is asked. */
export function fakeVelocity({
  latent,
  tokens,
  regions,
}: Pick<DenoiserInput, 'latent' | 'tokens' | 'regions'>): Float32Array {
  const velocity = latent.map((value) => 0.3 * value);
  const stated = REGIONS.map((_, region) => tokens[region * TOKEN_WIDTH] ?? 0);
  for (let cell = 0; cell < GRID_CELLS; cell++) {
    let asked = 0;
    for (let region = 0; region < REGIONS.length; region++) {
      asked += (stated[region] ?? 0) * (regions[cell * REGIONS.length + region] ?? 0);
    }
    velocity[cell * LATENT_CHANNELS] = (velocity[cell * LATENT_CHANNELS] ?? 0) - asked;
  }
  return velocity;
}

export function fakeDenoiser(
  velocity: (input: DenoiserInput) => Float32Array = fakeVelocity,
): Denoiser & { readonly batches: (readonly DenoiserInput[])[] } {
  const batches: (readonly DenoiserInput[])[] = [];
  return {
    batches,
    async velocities(inputs) {
      batches.push(inputs);
      return inputs.map(velocity);
    },
  };
}

/** Opacity probability = mean grey of the cell. */
export function fakeReader(): Reader {
  return {
    async read(image) {
      const latent = fakeEncode(image);
      const opacityMap = Float32Array.from(
        { length: GRID_CELLS },
        (_, cell) => ((latent[cell * LATENT_CHANNELS] ?? 0) + 1) / 2,
      );
      const probabilities = Object.fromEntries(FINDINGS.map((finding) => [finding, 0.5])) as Record<Finding, number>;
      return { probabilities, opacityMap };
    },
  };
}

/** Sees a tenth of that: no zone is called mild. */
export function clearReader(): Reader {
  const reader = fakeReader();
  return {
    async read(image) {
      const read = await reader.read(image);
      return { ...read, opacityMap: read.opacityMap.map((value) => 0.1 * value) };
    },
  };
}

/** The mean difference in channel 0 of each sub-zone, as its token's first number and its opacity. */
export function fakePathology(): PathologyNetwork {
  return {
    async read(seen, weights) {
      const opacity = Float32Array.from({ length: SUB_ZONES }, (_, zone) =>
        weights
          .subarray(zone * GRID_CELLS, (zone + 1) * GRID_CELLS)
          .reduce((sum, weight, cell) => sum + weight * (seen[cell * DIFFERENCE_CHANNELS] ?? 0), 0),
      );
      const tokens = new Float32Array(SUB_ZONES * TOKEN_CHANNELS);
      opacity.forEach((value, zone) => {
        tokens[zone * TOKEN_CHANNELS] = value;
      });
      return { tokens, opacity };
    },
  };
}

/** Takes from channel 0 as much as there is opacity, up to a fifth of the grey range. */
export function fakeHealthyTwin(): HealthyTwin {
  return {
    async more({ mask, opacity }) {
      const more = new Float32Array(LATENT_LENGTH);
      for (let cell = 0; cell < GRID_CELLS; cell++)
        more[cell * LATENT_CHANNELS] = -0.4 * (mask[cell] as number) * (opacity[cell] as number);
      return more;
    },
  };
}

/** Adds each token's first number to channel 0 where its sub-zone lies. */
export function fakeRecomposer(): Recomposer {
  return {
    async draw({ tokens, maps, length }) {
      const drawn = new Float32Array(LATENT_LENGTH);
      for (let zone = 0; zone < SUB_ZONES; zone++) {
        const own = (tokens[zone * TOKEN_CHANNELS] ?? 0) * length;
        for (let cell = 0; own !== 0 && cell < GRID_CELLS; cell++)
          drawn[cell * LATENT_CHANNELS] =
            (drawn[cell * LATENT_CHANNELS] ?? 0) + own * (maps[zone * GRID_CELLS + cell] ?? 0);
      }
      return drawn;
    },
  };
}

export interface FakeChest extends Networks {
  /** Names of networks in the order they were asked for. */
  readonly asked: string[];
  readonly batches: (readonly DenoiserInput[])[];
}

export function fakeNetworks(anatomy: Partial<Anatomy> = {}): FakeChest {
  const asked: string[] = [];
  const denoiser = fakeDenoiser();
  const ask = <T>(name: string, value: T): Promise<T> => {
    asked.push(name);
    return Promise.resolve(value);
  };
  return {
    asked,
    batches: denoiser.batches,
    manifest: fakeManifest(),
    encoder: () => ask('encoder', { encode: async (image: ImageGrid) => fakeEncode(image) }),
    decoder: () => ask('decoder', { decode: async (latent: Latent) => fakeDecode(latent) }),
    anatomist: () =>
      ask('anatomist', {
        locate: async () => ({
          regions: fakeRegions(),
          probabilities: fakeProbabilities(),
          frontalChest: 0.99,
          frontalLogit: 4.6,
          ...anatomy,
        }),
      }),
    reader: () => ask('reader', fakeReader()),
    secondReader: () => ask('second-reader', fakeReader()),
    denoiser: () => ask('denoiser', denoiser),
    pathology: () => ask('pathology', fakePathology()),
    healthyTwin: () => ask('healthy-twin', fakeHealthyTwin()),
    recomposer: () => ask('recomposer', fakeRecomposer()),
    neighbours: () => Promise.resolve(undefined),
    versions: () => ({ denoiser: '0.1.0+00000000' }),
  };
}

/** A world that states these opacities by region. */
export function fakeWorld(tokens: Float32Array): World {
  return { tokens, regions: fakeRegions(), inpaint: generateEverything(), context: new Float32Array(8) };
}

/** A smooth film with texture: lungs dark, values over the whole depth. */
export function fakeRadiograph(
  width: number,
  height: number,
  bits: 8 | 12,
  changes: Partial<Radiograph> = {},
): Radiograph {
  const top = 2 ** bits - 1;
  const grain = 97;
  const pixels = bits === 8 ? new Uint8Array(width * height) : new Uint16Array(width * height);
  for (let i = 0; i < pixels.length; i++) {
    const x = i % width;
    const y = (i - x) / width;
    const wave =
      0.4 + 0.2 * Math.sin((x / width) * 9) * Math.cos((y / height) * 7) + 0.05 * (((x * 31 + y * 17) % grain) / grain);
    pixels[i] = Math.round(wave * top);
  }
  return {
    id: 'r1',
    name: 'chest.dcm',
    format: bits === 8 ? 'png' : 'dicom',
    width,
    height,
    pixels,
    bitsStored: bits,
    signed: false,
    photometricInterpretation: 'MONOCHROME2',
    rescaleSlope: 1,
    rescaleIntercept: 0,
    window: { windowCenter: 2 ** (bits - 1), windowWidth: 2 ** bits },
    synthetic: false,
    notes: [],
    ...changes,
  };
}
