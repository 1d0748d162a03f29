/** Results as documents hold them: their facts at hand, their pixels and masks wherever they are. The one way to those pixels. */

import type { Counterfactual, CounterfactualFacts } from '../../counterfactual/edit';
import type { Mask, Radiograph, RadiographFacts, StoredPixels } from '../../imaging/radiograph';
import { PixelsLostError } from '../project/errors';
import { LazyPixels, PixelsGoneError } from './lazyPixels';

export interface StoredRadiograph extends RadiographFacts {
  readonly pixels: LazyPixels<StoredPixels>;
}

export interface StoredMask extends Omit<Mask, 'data'> {
  readonly data: LazyPixels<Uint8Array>;
}

export interface StoredCounterfactual extends CounterfactualFacts {
  readonly image: StoredRadiograph;
  readonly mask: StoredMask;
}

/** A version, or anything that has a result and a name for messages. */
interface Result {
  readonly counterfactual: StoredCounterfactual;
  readonly label: string;
  readonly name?: string | undefined;
}

export function toStored({ image, mask, ...facts }: Counterfactual): StoredCounterfactual {
  return {
    ...facts,
    image: { ...image, pixels: LazyPixels.of(image.pixels) },
    mask: { ...mask, data: LazyPixels.of(mask.data) },
  };
}

/** The same object while the same pixels are at hand: viewers and caches tell pictures apart by identity. */
const wholes = new WeakMap<StoredPixels | Uint8Array, { readonly of: object; readonly whole: Radiograph | Mask }>();

function whole<Whole extends Radiograph | Mask>(
  of: object,
  pixels: StoredPixels | Uint8Array,
  make: () => Whole,
): Whole {
  const known = wholes.get(pixels);
  if (known?.of === of) return known.whole as Whole;
  const made = make();
  wholes.set(pixels, { of, whole: made });
  return made;
}

function radiographOf(image: StoredRadiograph, pixels: StoredPixels): Radiograph {
  return whole(image.pixels, pixels, () => ({ ...image, pixels }));
}

function maskOf(mask: StoredMask, data: Uint8Array): Mask {
  return whole(mask.data, data, () => ({ ...mask, data }));
}

/** The result's picture, where its pixels are at hand. */
export function imageNow(result: Result | undefined): Radiograph | undefined {
  const image = result?.counterfactual.image;
  const pixels = image?.pixels.now();
  return image === undefined || pixels === undefined ? undefined : radiographOf(image, pixels);
}

/** The mask that bounded the change, where it is at hand. */
export function maskNow(result: Result | undefined): Mask | undefined {
  const mask = result?.counterfactual.mask;
  const data = mask?.data.now();
  return mask === undefined || data === undefined ? undefined : maskOf(mask, data);
}

async function found<Found>({ name, label }: Result, loading: Promise<Found>): Promise<Found> {
  try {
    return await loading;
  } catch (cause) {
    throw cause instanceof PixelsGoneError ? new PixelsLostError(name ?? label, { cause }) : cause;
  }
}

/** @throws PixelsLostError where storage has them no more */
export async function loadImage(result: Result): Promise<Radiograph> {
  const { image } = result.counterfactual;
  return radiographOf(image, await found(result, image.pixels.load()));
}

/** @throws PixelsLostError */
export async function loadMask(result: Result): Promise<Mask> {
  const { mask } = result.counterfactual;
  return maskOf(mask, await found(result, mask.data.load()));
}

/** All of a result, for what is written from it. @throws PixelsLostError */
export async function loadCounterfactual(result: Result): Promise<Counterfactual> {
  const [image, mask] = await Promise.all([loadImage(result), loadMask(result)]);
  return { ...result.counterfactual, image, mask };
}
