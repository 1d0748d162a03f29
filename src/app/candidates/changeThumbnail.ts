/** A small picture of where a result changed: on a thumbnail of the whole chest most changes cannot be seen. */

import { useEffect, useState } from 'react';
import { maskBounds } from '../../imaging/mask';
import type { Mask, Radiograph, StoredPixels } from '../../imaging/radiograph';
import type { LazyPixels } from '../../record/pixels/lazyPixels';
import { imageNow, loadImage, loadMask, maskNow } from '../../record/pixels/storedCounterfactual';
import { thumbnailOf, type Thumbnail } from '../../record/thumbnail';
import type { Version } from '../../record/version';

/** Of the longer side of the change, added all round. */
const MARGIN = 0.35;
const LONGEST = 144;

/** By what holds the pixels of a result: it is the same object whatever else is known of the result by now. */
const known = new WeakMap<LazyPixels, Thumbnail>();

function cropped(image: Radiograph, left: number, top: number, width: number, height: number): Radiograph {
  const pixels: StoredPixels = image.pixels.slice(0, width * height);
  for (let row = 0; row < height; row++) {
    const start = (top + row) * image.width + left;
    pixels.set(image.pixels.subarray(start, start + width), row * width);
  }
  return { ...image, width, height, pixels };
}

/** A square around the change, where the picture has room for one; the whole picture when nothing changed. */
export function changeThumbnail(image: Radiograph, mask: Mask): Thumbnail {
  const bounds = maskBounds(mask);
  return bounds === undefined ? thumbnailOf(image, LONGEST) : around(image, bounds);
}

/** One after another: a strip of candidates shall not bring all their pixels from storage at once. */
let turn: Promise<unknown> = Promise.resolve();

async function load(candidate: Version): Promise<Thumbnail> {
  const thumbnail = changeThumbnail(await loadImage(candidate), await loadMask(candidate));
  known.set(candidate.counterfactual.image.pixels, thumbnail);
  return thumbnail;
}

function thumbnailNow(candidate: Version): Thumbnail | undefined {
  const key = candidate.counterfactual.image.pixels;
  const before = known.get(key);
  if (before !== undefined) return before;
  const [image, mask] = [imageNow(candidate), maskNow(candidate)];
  if (image === undefined || mask === undefined) return undefined;
  const made = changeThumbnail(image, mask);
  known.set(key, made);
  return made;
}

/** The whole picture, small, until the pixels are there to cut the change from; it stays where they cannot be read. */
export function useChangeThumbnail(candidate: Version): Thumbnail {
  const [, setLoaded] = useState<Thumbnail>();
  const now = thumbnailNow(candidate);
  const missing = now === undefined;
  useEffect(() => {
    if (!missing) return undefined;
    let gone = false;
    turn = turn.then(async () => {
      if (gone) return;
      // Said when the candidate is looked at.
      const loaded = await load(candidate).catch(() => undefined);
      if (loaded !== undefined) setLoaded(loaded);
    });
    return () => {
      gone = true;
    };
  }, [candidate, missing]);
  return now ?? candidate.thumbnail;
}

function around(image: Radiograph, { x, y, width, height }: NonNullable<ReturnType<typeof maskBounds>>): Thumbnail {
  const side = Math.min(image.width, image.height, Math.ceil(Math.max(width, height) * (1 + 2 * MARGIN)));
  const start = (centre: number, length: number): number =>
    Math.round(Math.min(length - side, Math.max(0, centre - side / 2)));
  return thumbnailOf(
    cropped(image, start(x + width / 2, image.width), start(y + height / 2, image.height), side, side),
    LONGEST,
  );
}
