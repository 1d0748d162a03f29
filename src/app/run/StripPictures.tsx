/** Source, result and difference of one result, side by side. */

import { useMemo } from 'react';
import * as say from '../../messages/en/run';
import type { Thumbnail } from '../../record/thumbnail';
import type { Strip } from '../../state/run/strip';
import type { ShownStrip } from '../../state/run/strips';
import { divergingColour, type Rgb } from '../../viewport/pixels/colour-map';
import { legendLimit } from '../../viewport/pixels/difference';
import { ThumbnailImage } from '../ui/ThumbnailImage';
import styles from './StripPictures.module.css';

/** @param strip undefined: it is being read */
export function StripPictures({ strip }: { readonly strip: ShownStrip | undefined }) {
  const pictures = useMemo(() => (strip === undefined || strip === 'missing' ? undefined : picturesOf(strip)), [strip]);
  const blank = strip === 'missing' ? say.unreadable() : strip === undefined ? '' : say.noFilm();
  return (
    <div className={styles.pictures}>
      {[say.source, say.result, say.difference].map((words, index) => (
        <figure key={words()} className={styles.picture}>
          {pictures?.[index] === undefined ? (
            <span className={styles.blank}>{blank}</span>
          ) : (
            <ThumbnailImage thumbnail={pictures[index]} className={styles.image} />
          )}
          <figcaption>{words()}</figcaption>
        </figure>
      ))}
    </div>
  );
}

/** What a strip's change is where there is none, and its way from there to either end. */
const [NO_CHANGE, CHANGES] = [128, 127];
/** RGBA of a pixel as one number, in whichever order the machine has bytes: alpha's, and those of the same grey in all colours. */
const [OPAQUE, GREY] = [wordOf([0, 0, 0, 255]), wordOf([1, 1, 1, 0])];

function wordOf(bytes: readonly number[]): number {
  return new Uint32Array(Uint8Array.from(bytes).buffer)[0] as number;
}

/** Of the source, under the colours of the difference: where in the chest it is. */
const SHINE = 0.22;

/** While a grid is scrolled several are made in a frame: by tables, a pixel in one write. */
export function picturesOf({ width, height, source, result, change }: Strip): readonly (Thumbnail | undefined)[] {
  const grey = (samples: Uint8Array): Thumbnail => {
    const pixels = new Uint32Array(samples.length);
    for (let at = 0; at < samples.length; at++) pixels[at] = OPAQUE | ((samples[at] as number) * GREY);
    return { width, height, data: new Uint8ClampedArray(pixels.buffer) };
  };
  if (source === undefined || change === undefined) return [undefined, grey(result), undefined];
  let most = 0;
  for (const value of change) most = Math.max(most, Math.abs(value - NO_CHANGE));
  const limit = legendLimit(most / CHANGES);
  const colours = Array.from({ length: 256 }, (_, value) => divergingColour((value - NO_CHANGE) / CHANGES / limit));
  const data = new Uint8ClampedArray(4 * change.length);
  for (let at = 0; at < change.length; at++) {
    const [red, green, blue] = colours[change[at] as number] as Rgb;
    const shine = SHINE * (source[at] as number);
    data[4 * at] = red + shine;
    data[4 * at + 1] = green + shine;
    data[4 * at + 2] = blue + shine;
    data[4 * at + 3] = 255;
  }
  return [grey(source), grey(result), { width, height, data }];
}
