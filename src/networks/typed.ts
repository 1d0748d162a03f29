/** The release's networks with their inputs and outputs in domain terms instead of named tensors. */

import type { Network } from '../engine/executor';
import type { Tensor } from '../engine/tensor';
import { ANATOMY_CLASSES, GRID, GRID_CELLS, zonesToRegions, type RegionMaps } from '../findings/regions';
import { FINDINGS, REGIONS, type Finding } from '../findings/vocabulary';
import { TOKEN_WIDTH } from '../findings/tokens';
import { GRID_SIZE } from '../imaging/resample';
import { calibrated, findingProbabilities, sigmoid } from './calibration';
import { NetworkMismatchError } from './errors';
import type { CalibrationCurve, FindingCurves } from './manifest';

/** Presentation grey in [-1, 1], [256 x 256]. */
export type ImageGrid = Float32Array;
/** [32 x 32 x 8], channels last, about unit variance. */
export type Latent = Float32Array;

export const LATENT_CHANNELS = 8;
export const LATENT_LENGTH = GRID_CELLS * LATENT_CHANNELS;
export const INPAINT_CHANNELS = 1 + LATENT_CHANNELS;
export const CONTEXT_LENGTH = 8;

const IMAGE_SHAPE = [1, GRID_SIZE, GRID_SIZE, 1];
const LATENT_SHAPE = [1, GRID, GRID, LATENT_CHANNELS];

/** An output of so many values. @throws NetworkMismatchError */
export function networkOutput(
  network: Network,
  outputs: Readonly<Record<string, Tensor>>,
  name: string,
  length: number,
): Float32Array {
  const data = outputs[name]?.data;
  if (data?.length !== length) throw new NetworkMismatchError(network.graph.name, name, length, data?.length);
  return data;
}

const options = (signal: AbortSignal | undefined): { signal?: AbortSignal } => (signal === undefined ? {} : { signal });

export interface Encoder {
  encode(image: ImageGrid, signal?: AbortSignal): Promise<Latent>;
}

export function createEncoder(network: Network): Encoder {
  return {
    async encode(image, signal) {
      const outputs = await network.run({ image: { shape: IMAGE_SHAPE, data: image } }, options(signal));
      return networkOutput(network, outputs, 'latent', LATENT_LENGTH);
    },
  };
}

export interface Decoder {
  /** Not clipped: a residual of two decodings must not meet the edge of the range twice. */
  decode(latent: Latent, signal?: AbortSignal): Promise<ImageGrid>;
}

export function createDecoder(network: Network): Decoder {
  return {
    async decode(latent, signal) {
      const outputs = await network.run({ latent: { shape: LATENT_SHAPE, data: latent } }, options(signal));
      return networkOutput(network, outputs, 'image', GRID_SIZE * GRID_SIZE);
    },
  };
}

export interface Anatomy {
  readonly regions: RegionMaps;
  /** The anatomist's own map, [64 x 64 x 8]: background, the six zones, mediastinum; what the regions are averaged from. */
  readonly probabilities: Float32Array;
  /** Probability that the image is a frontal chest radiograph. */
  readonly frontalChest: number;
  /** Of the same, as the anatomist gives it: it still tells films apart of which it is sure. */
  readonly frontalLogit: number;
}

export interface Anatomist {
  locate(image: ImageGrid, signal?: AbortSignal): Promise<Anatomy>;
}

/** Side of the anatomist's map. */
const ANATOMY_SIDE = 64;

export function createAnatomist(network: Network, frontal?: CalibrationCurve): Anatomist {
  return {
    async locate(image, signal) {
      const outputs = await network.run({ image: { shape: IMAGE_SHAPE, data: image } }, options(signal));
      const logits = networkOutput(network, outputs, 'regions', ANATOMY_SIDE * ANATOMY_SIDE * ANATOMY_CLASSES);
      const [logit = 0] = networkOutput(network, outputs, 'frontal', 1);
      const probabilities = softmaxRows(logits, ANATOMY_CLASSES);
      return {
        regions: zonesToRegions(probabilities),
        probabilities,
        frontalChest: calibrated(logit, frontal),
        frontalLogit: logit,
      };
    },
  };
}

/** Softmax over each run of `width` values. */
export function softmaxRows(logits: Float32Array, width: number): Float32Array {
  const out = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += width) {
    const row = logits.subarray(start, start + width);
    const largest = row.reduce((most, value) => Math.max(most, value), -Infinity);
    let total = 0;
    for (let i = 0; i < width; i++) {
      const value = Math.exp((row[i] ?? 0) - largest);
      out[start + i] = value;
      total += value;
    }
    for (let i = start; i < start + width; i++) out[i] = (out[i] ?? 0) / total;
  }
  return out;
}

export interface FindingsReading {
  /** Calibrated probability of each finding. */
  readonly probabilities: Readonly<Record<Finding, number>>;
  /** Opacity probability, [32 x 32]. */
  readonly opacityMap: Float32Array;
  /** What each cell adds to each finding's logit, [32 x 32 x 16]; the second reader gives none. */
  readonly activation?: Float32Array;
  /** What its findings are told from, pooled over the image; the first reader gives none. */
  readonly features?: Float32Array;
}

export interface Reader {
  read(image: ImageGrid, signal?: AbortSignal): Promise<FindingsReading>;
}

export function createReader(network: Network, curves: FindingCurves): Reader {
  return {
    async read(image, signal) {
      const outputs = await network.run({ image: { shape: IMAGE_SHAPE, data: image } }, options(signal));
      const probabilities = findingProbabilities(networkOutput(network, outputs, 'findings', FINDINGS.length), curves);
      const opacityMap = networkOutput(network, outputs, 'opacity', GRID_CELLS).map(sigmoid);
      const features = outputs['features']?.data;
      return {
        probabilities,
        opacityMap,
        ...(outputs['activation'] && {
          activation: networkOutput(network, outputs, 'activation', GRID_CELLS * FINDINGS.length),
        }),
        ...(features && { features }),
      };
    },
  };
}

/** One row of a denoiser batch. */
export interface DenoiserInput {
  /** z_t. */
  readonly latent: Latent;
  readonly time: number;
  /** [10 x 32]. */
  readonly tokens: Float32Array;
  readonly regions: RegionMaps;
  /** [32 x 32 x 9]: mask (1 = to be generated), then the clean latent outside it. */
  readonly inpaint: Float32Array;
  /** [8]: source one-hot, age group, log2(longer side / 1024), ln(width / height). */
  readonly context: Float32Array;
}

export interface Denoiser {
  /** Velocity dz/dt of every row, computed in one call. */
  velocities(inputs: readonly DenoiserInput[], signal?: AbortSignal): Promise<readonly Float32Array[]>;
}

export function createDenoiser(network: Network): Denoiser {
  return {
    async velocities(inputs, signal) {
      const batch = inputs.length;
      const stack = (shape: readonly number[], rows: readonly Float32Array[]): Tensor => ({
        shape: [batch, ...shape],
        data: concatenated(rows),
      });
      const outputs = await network.run(
        {
          latent: stack(
            [GRID, GRID, LATENT_CHANNELS],
            inputs.map((row) => row.latent),
          ),
          time: stack(
            [1],
            inputs.map((row) => Float32Array.of(row.time)),
          ),
          tokens: stack(
            [REGIONS.length, TOKEN_WIDTH],
            inputs.map((row) => row.tokens),
          ),
          regions: stack(
            [GRID, GRID, REGIONS.length],
            inputs.map((row) => row.regions),
          ),
          inpaint: stack(
            [GRID, GRID, INPAINT_CHANNELS],
            inputs.map((row) => row.inpaint),
          ),
          context: stack(
            [CONTEXT_LENGTH],
            inputs.map((row) => row.context),
          ),
        },
        options(signal),
      );
      const data = networkOutput(network, outputs, 'velocity', batch * LATENT_LENGTH);
      return inputs.map((_, row) => data.slice(row * LATENT_LENGTH, (row + 1) * LATENT_LENGTH));
    },
  };
}

function concatenated(rows: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(rows.reduce((length, row) => length + row.length, 0));
  let at = 0;
  for (const row of rows) {
    out.set(row, at);
    at += row.length;
  }
  return out;
}
