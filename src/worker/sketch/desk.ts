/** Draws what a request asks for at the resolution of a screen: no networks, nothing kept but the film and its mask. */

import { heartNarrowedFrom } from '../../counterfactual/remarks';
import { densityAt, densityOf, type DensityImage } from '../../counterfactual/sketch/density';
import { asksForSomething, requireDrawable } from '../../counterfactual/sketch/drawn';
import {
  drawnUnderMetal,
  isFound,
  recordOf,
  requestOf,
  requireChest,
  sketcherFor,
} from '../../counterfactual/sketch/drawFinding';
import type { Sketch } from '../../counterfactual/sketch/sketch';
import { waysOf } from '../../counterfactual/sketch/ways';
import type { Source } from '../../counterfactual/source';
import { impliedPlaces } from '../../findings/knowledge';
import { zonesToRegions } from '../../findings/regions';
import { takesNetworks } from '../../findings/wish';
import type { Mask } from '../../imaging/radiograph';
import type { SketchAsk, SketchFilm, SketchPicture, SketchView } from './protocol';

/** Longest side that is drawn: about what a film has on a screen. */
const LONGEST = 1024;

export class SketchDesk {
  #film:
    | {
        readonly source: Pick<Source, 'radiograph' | 'anatomy'>;
        readonly film: SketchFilm;
        readonly image: DensityImage;
      }
    | undefined;
  #mask: Mask | undefined;
  /** The film with what is drawn, of its last redraw. */
  #drawn: Float32Array | undefined;

  setFilm(film: SketchFilm): void {
    const { radiograph, probabilities } = film;
    const scale = Math.min(1, LONGEST / Math.max(radiograph.width, radiograph.height));
    const full = densityOf(radiograph);
    const image =
      scale === 1 ? full : densityAt(full, Math.round(radiograph.width * scale), Math.round(radiograph.height * scale));
    // Whether it is a chest at all is asked before anything is generated, not while a slider moves.
    this.#film = {
      film,
      image,
      source: {
        radiograph,
        anatomy: { regions: zonesToRegions(probabilities), probabilities, frontalChest: 1, frontalLogit: Infinity },
      },
    };
    this.#mask = undefined;
    this.#drawn = undefined;
  }

  setMask(mask: Mask | undefined): void {
    this.#mask = mask;
  }

  /** @throws SketchImpossibleError, ImplausibleEditError; RangeError before there is a film */
  draw({ edit, seed }: SketchAsk, now: () => number = () => performance.now()): SketchView {
    if (this.#film === undefined) throw new RangeError('There is no film to draw on.');
    const { source, film, image } = this.#film;
    const began = now();
    const asked =
      this.#mask === undefined
        ? { ...edit, places: impliedPlaces(edit.finding, edit.places) }
        : { ...edit, mask: this.#mask };
    const drawings = waysOf(asked, film.reading, 'auto', (going) =>
      isFound(going, () => ({ image, chest: requireChest(source) })),
    )
      .drawn.filter(asksForSomething)
      .filter(({ edit }) => !takesNetworks(edit.sketch));
    const records = drawings.map(recordOf);
    if (drawings.length === 0) return { drawn: [], about: false, milliseconds: now() - began };
    const chest = requireChest(source);
    let { values } = image;
    this.#drawn ??= new Float32Array(values.length);
    const sketches: Sketch[] = [];
    for (const [index, drawing] of drawings.entries()) {
      requireDrawable(source, drawing, true);
      const record = records[index];
      if (record === undefined) break;
      const request = requestOf(record, seed, drawing.edit.mask);
      // The very film where nothing is drawn on it yet: what is found in it once is kept from one redraw to the next.
      const onto = { image: index === 0 ? image : { ...image, values }, chest };
      const sketch = drawnUnderMetal(onto, request, (context) => sketcherFor(drawing).draw(context, request));
      if (index === 0) this.#drawn.set(values);
      values = this.#drawn;
      add(values, sketch, image.width);
      sketches.push(sketch);
    }
    const picture = pictureOf(values, sketches, image, source.radiograph);
    const narrowsFrom = heartNarrowedFrom({ drawn: records, figures: sketches.map(({ figures }) => figures) });
    return {
      ...(picture === undefined ? {} : { picture }),
      ...(narrowsFrom === undefined ? {} : { narrowsFrom }),
      drawn: records,
      about: chest.scale === 'average',
      milliseconds: now() - began,
    };
  }
}

/** A sketch's change added in place. */
function add(values: Float32Array, { box, change }: Sketch, width: number): void {
  for (let row = 0, at = 0; row < box.height; row++) {
    for (let column = 0, pixel = (box.y + row) * width + box.x; column < box.width; column++, at++, pixel++)
      values[pixel] = (values[pixel] as number) + (change[at] as number);
  }
}

/** What of the film is drawn on, as grey; undefined where the boxes are empty. */
function pictureOf(
  values: Float32Array,
  sketches: readonly Sketch[],
  image: DensityImage,
  native: { readonly width: number; readonly height: number },
): SketchPicture | undefined {
  const boxes = sketches.map(({ box }) => box).filter(({ width, height }) => width > 0 && height > 0);
  if (boxes.length === 0) return undefined;
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  const [right, bottom] = [
    Math.max(...boxes.map(({ x, width }) => x + width)),
    Math.max(...boxes.map(({ y, height }) => y + height)),
  ];
  const [width, height] = [right - left, bottom - top];
  const grey = new Uint8ClampedArray(width * height);
  const alpha = new Uint8ClampedArray(width * height);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0, pixel = (top + row) * image.width + left; column < width; column++, at++, pixel++)
      grey[at] = 255 * (values[pixel] as number);
  }
  for (const { box, mask } of sketches) {
    for (let row = 0, from = 0; row < box.height; row++) {
      for (
        let column = 0, at = (box.y + row - top) * width + box.x - left;
        column < box.width;
        column++, at++, from++
      ) {
        if ((mask[from] as number) > 0) alpha[at] = 255;
      }
    }
  }
  const [across, down] = [native.width / image.width, native.height / image.height];
  return { x: left * across, y: top * down, across: width * across, down: height * down, width, height, grey, alpha };
}
