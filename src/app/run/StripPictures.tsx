/** Source, result and difference of one result, side by side. */

import { useMemo } from 'react';
import * as say from '../../messages/en/run';
import type { Thumbnail } from '../../record/thumbnail';
import type { Strip } from '../../state/run/strip';
import type { ShownStrip } from '../../state/run/strips';
import { colourise } from '../../viewport/pixels/colour-map';
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

/** Of the source, under the colours of the difference: where in the chest it is. */
const SHINE = 0.22;

function picturesOf({ width, height, source, result, change }: Strip): readonly (Thumbnail | undefined)[] {
  const grey = (samples: Uint8Array): Thumbnail => {
    const data = new Uint8ClampedArray(width * height * 4).fill(255);
    samples.forEach((value, at) => data.fill(value, 4 * at, 4 * at + 3));
    return { width, height, data };
  };
  if (source === undefined || change === undefined) return [undefined, grey(result), undefined];
  const values = Float32Array.from(change, (value) => (value - 128) / 127);
  const data = colourise(values, legendLimit(values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)));
  source.forEach((value, at) => {
    for (let channel = 0; channel < 3; channel++)
      data[4 * at + channel] = (data[4 * at + channel] ?? 0) + SHINE * value;
  });
  return [grey(source), grey(result), { width, height, data }];
}
