/** Parts of films, with and without artefacts, in numbers: what the reference is made of and judged by. */

import { isInLungs, lungShare, lungsTexture, measurePart } from '../../src/counterfactual/realism/realism';
import type { Measured } from '../../src/counterfactual/realism/distance';
import { resizeBicubic } from '../../src/imaging/resample';
import type { Texture } from '../../src/counterfactual/realism/texture';
import { ARTEFACTS, STRENGTHS } from './artefacts';
import type { ReadFilm } from './films';
import { paintedMask, SHAPES, zonesMask } from './masks';

export interface Row {
  readonly film: string;
  readonly source: string;
  readonly patient: string;
  /** Of the mask: places, 'painted' or 'edit'. */
  readonly shape: string;
  /** 'none', an artefact, or an edit; 'before …': the same part of the film before that edit. */
  readonly kind: string;
  readonly strength: (typeof STRENGTHS)[number] | '';
  /** Mean opacity inside the mask by the second reader, of the film before anything was done. */
  readonly opacity: number;
  readonly measured: Measured;
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
const short = ({ values, grey }: Texture): Texture => ({ values: values.map(rounded), grey: rounded(grey) });

/** A part of an image of this film; undefined: too little lung. */
export function rowOf(
  film: ReadFilm,
  mask: Float32Array,
  image: Float32Array,
  about: Pick<Row, 'shape' | 'kind' | 'strength'>,
  whole = lungsTexture(film.image, lungShare(film.anatomy.regions)),
): Row | undefined {
  const lungs = lungShare(film.anatomy.regions);
  if (whole === undefined || !isInLungs(mask, lungs)) return undefined;
  const measured = measurePart(image, mask, lungs, whole);
  const opacity = resizeBicubic(film.opacity, 32, 32, 256, 256);
  const seen = mask.reduce((sum, value, i) => sum + value * (opacity[i] ?? 0), 0) / measured.area;
  return {
    film: film.name,
    source: film.source,
    patient: film.patient,
    ...about,
    opacity: rounded(seen),
    measured: {
      part: short(measured.part),
      lungs: short(measured.lungs),
      area: Math.round(measured.area),
      rim: measured.rim === undefined ? undefined : rounded(measured.rim),
    },
  };
}

/** @param index number of the film in its list: it chooses masks @param foreign absent: no artefacts are made */
export function rowsOf(film: ReadFilm, index: number, foreign?: Float32Array): readonly Row[] {
  const whole = lungsTexture(film.image, lungShare(film.anatomy.regions));
  const shapes = Object.entries(SHAPES);
  const [shape, places] = shapes[(index * 3) % shapes.length] ?? ['', []];
  const painted = paintedMask(film.anatomy.regions, index);
  const masks: [string, Float32Array][] = [[shape, zonesMask(places, film.anatomy.regions)]];
  if (painted !== undefined) masks.push(['painted', painted]);
  return masks.flatMap(([name, mask], k) => {
    const plain = rowOf(film, mask, film.image, { shape: name, kind: 'none', strength: '' }, whole);
    if (plain === undefined) return [];
    if (foreign === undefined || k !== (index >> 2) % masks.length) return [plain];
    const made = Object.entries(ARTEFACTS).flatMap(([kind, make]) =>
      STRENGTHS.flatMap((strength, s) => {
        const image = make({ image: film.image, mask, strength: s, seed: index * 31 + k, foreign });
        return rowOf(film, mask, image, { shape: name, kind, strength }, whole) ?? [];
      }),
    );
    return [plain, ...made];
  });
}
