/** A radiograph on the networks' grid with what they say of it, each computed once. */

import type { RegionMaps } from '../findings/regions';
import { toNetworkGrid } from '../imaging/resample';
import type { Radiograph } from '../imaging/radiograph';
import { zoneSeverities } from '../networks/calibration';
import type { NetworkSuite } from '../networks/suite';
import {
  CONTEXT_LENGTH,
  type Anatomy,
  type FindingsReading,
  type ImageGrid,
  type Latent,
  type Reader,
} from '../networks/typed';
import type { Reading } from './edit';
import { throwIfCancelled } from './errors';
import { looksMirrored } from './mirrored';
import { chestFault } from './plausible';
import { metalStays } from './metal/stays';
import { textureOfFilm } from './realism/realism';
import { nearestTraining } from './receipt/nearest';

export type Networks = Omit<NetworkSuite, 'warm' | 'dispose'>;

export interface Source {
  readonly radiograph: Radiograph;
  /** [256 x 256] in [-1, 1]. */
  readonly image: ImageGrid;
  readonly anatomy: Anatomy;
  /** By the first reader, which guides edits. */
  readonly reading: Reading;
  /** Of the same reader: how much each cell speaks for each finding, [32 x 32 x 16] in logit units; absent: it tells none. */
  readonly activation?: Float32Array;
  /** Source, age group, native size: [8]. */
  readonly context: Float32Array;
  /** z = E(x). */
  latent(signal?: AbortSignal): Promise<Latent>;
  /** D(z): what the autoencoder makes of the unedited image. */
  reconstruction(signal?: AbortSignal): Promise<ImageGrid>;
  /** By the second reader, which judges. */
  judged(signal?: AbortSignal): Promise<Reading>;
  /** Whether it is an upright chest, and far more likely the mirror image of one (mirrored.ts). */
  mirrored(signal?: AbortSignal): Promise<boolean>;
  /** Distance to the nearest training image in its features; undefined where the release has nothing to tell it from. */
  nearest(signal?: AbortSignal): Promise<number | undefined>;
  /** All of these and what else the first edit would find out of the film, in that order: for when nobody waits. @throws CancelledError, EngineError, and what a download throws */
  ahead(signal?: AbortSignal): Promise<void>;
}

/** Locates the anatomy and reads the findings: all that the first screen needs. @throws CancelledError */
export async function prepareSource(
  radiograph: Radiograph,
  networks: Networks,
  signal?: AbortSignal,
  onProgress: (fraction: number) => void = () => undefined,
): Promise<Source> {
  const image = toNetworkGrid(radiograph);
  const anatomist = await networks.anatomist();
  throwIfCancelled(signal);
  onProgress(0.3);
  const anatomy = await anatomist.locate(image, signal);
  onProgress(0.5);
  const reader = await networks.reader();
  throwIfCancelled(signal);
  onProgress(0.7);
  const read = await reader.read(image, signal);
  const reading = readingOf(read, anatomy.regions, networks);
  onProgress(1);
  const latent = once(async (abort) => (await networks.encoder()).encode(image, abort));
  const judge = once(async (abort) => (await networks.secondReader()).read(image, abort));
  const reconstruction = once(async (abort) => (await networks.decoder()).decode(await latent(abort), abort));
  const judged = once(async (abort) => readingOf(await judge(abort), anatomy.regions, networks));
  const nearest = once(async (abort) => nearestTraining(networks, await judge(abort)));
  return {
    radiograph,
    image,
    anatomy,
    reading,
    ...(read.activation && { activation: read.activation }),
    context: contextOf(radiograph),
    latent,
    reconstruction,
    judged,
    mirrored: once(
      async (abort) => chestFault(anatomy) === undefined && (await looksMirrored(image, anatomy, anatomist, abort)),
    ),
    nearest,
    async ahead(abort) {
      for (const ask of [reconstruction, judged, nearest]) {
        await ask(abort);
        throwIfCancelled(abort);
      }
      textureOfFilm(image, anatomy.regions);
      throwIfCancelled(abort);
      metalStays({ radiograph, anatomy, image });
    },
  };
}

/** What a reader says of an image whose zones are known. */
export async function readImage(
  reader: Reader,
  image: ImageGrid,
  regions: RegionMaps,
  networks: Pick<Networks, 'manifest'>,
  signal?: AbortSignal,
): Promise<Reading> {
  return readingOf(await reader.read(image, signal), regions, networks);
}

/** A reader's answer with the zones it is about. */
export function readingOf(
  { probabilities, opacityMap }: FindingsReading,
  regions: RegionMaps,
  { manifest }: Pick<Networks, 'manifest'>,
): Reading {
  const { scale } = manifest.calibration.severity;
  return { findings: probabilities, opacityMap, zoneSeverity: zoneSeverities(opacityMap, regions, scale), scale };
}

/** Computed when first asked for; a failure or a cancelled run is forgotten. */
function once<T>(compute: (signal?: AbortSignal) => Promise<T>): (signal?: AbortSignal) => Promise<T> {
  let value: T | undefined;
  return async (signal) => {
    value ??= await compute(signal);
    return value;
  };
}

/** Columns of the source one-hot in training: siim, kermany, nih, jsrt, covid-chestxray. */
const SIIM = 0;
const KERMANY = 1;
const AGE = 5;

/** A user's film is stated as the source of its age group: SIIM's adults, Kermany's children. */
export function contextOf(radiograph: Pick<Radiograph, 'width' | 'height' | 'paediatric'>): Float32Array {
  const { width, height, paediatric } = radiograph;
  const context = new Float32Array(CONTEXT_LENGTH);
  context[paediatric === true ? KERMANY : SIIM] = 1;
  context[AGE] = paediatric === undefined ? 0 : paediatric ? 1 : -1;
  context[AGE + 1] = Math.log2(Math.max(width, height) / 1024);
  context[AGE + 2] = Math.log(width / height);
  return context;
}
