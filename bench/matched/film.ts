/** Films of a data folder as 8-bit grey, and pictures made of them. */

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Papa from 'papaparse';
import { openRadiograph } from '../../src/dicom/open';
import { encodePng } from '../../src/imaging/png';
import { toPresentation } from '../../src/imaging/presentation';
import type { Radiograph } from '../../src/imaging/radiograph';
import { resizeArea, resizeBicubic } from '../../src/imaging/resample';

export type Row = Readonly<Record<string, string>>;

/** Light from 0 to 1, [height x width]. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly light: Float32Array;
}

export function manifestOf(data: string): readonly Row[] {
  const text = readFileSync(join(data, 'manifest.csv'), 'utf8');
  return Papa.parse<Row>(text, { header: true, skipEmptyLines: true }).data;
}

export function openFilm(data: string, path: string): Promise<Radiograph> {
  return openRadiograph(new Uint8Array(readFileSync(join(data, path))), basename(path));
}

export function pictureOf(film: Radiograph): Picture {
  return { width: film.width, height: film.height, light: toPresentation(film) };
}

export function scaled({ width, height, light }: Picture, to: number): Picture {
  const resize = to < width ? resizeArea : resizeBicubic;
  return { width: to, height: to, light: resize(light, width, height, to, to) };
}

/** @param box [x0, y0, x1, y1] as shares of the film */
export function cropped(picture: Picture, box: readonly [number, number, number, number]): Picture {
  const [x0, x1] = [Math.round(box[0] * picture.width), Math.round(box[2] * picture.width)];
  const [y0, y1] = [Math.round(box[1] * picture.height), Math.round(box[3] * picture.height)];
  const light = new Float32Array((x1 - x0) * (y1 - y0));
  for (let y = y0; y < y1; y++)
    light.set(picture.light.subarray(y * picture.width + x0, y * picture.width + x1), (y - y0) * (x1 - x0));
  return { width: x1 - x0, height: y1 - y0, light };
}

/** Pictures of one size side by side, `columns` a row, with a gap of grey between them. */
export function tiled(pictures: readonly Picture[], columns: number): Picture {
  const [first] = pictures;
  if (first === undefined) throw new RangeError('No picture.');
  const gap = 8;
  const rows = Math.ceil(pictures.length / columns);
  const width = columns * (first.width + gap) - gap;
  const height = rows * (first.height + gap) - gap;
  const light = new Float32Array(width * height).fill(0.5);
  for (const [at, picture] of pictures.entries()) {
    const [left, top] = [(at % columns) * (first.width + gap), Math.floor(at / columns) * (first.height + gap)];
    for (let y = 0; y < picture.height; y++)
      light.set(picture.light.subarray(y * picture.width, (y + 1) * picture.width), (top + y) * width + left);
  }
  return { width, height, light };
}

/** An 8-bit PNG that says nothing of what is in it. */
export function pngOf({ width, height, light }: Picture, of: Radiograph): Uint8Array {
  const pixels = Uint8Array.from(light, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
  const { id, format, rescaleSlope, rescaleIntercept } = of;
  return encodePng(
    {
      id,
      format,
      rescaleSlope,
      rescaleIntercept,
      name: 'film',
      width,
      height,
      pixels,
      bitsStored: 8,
      signed: false,
      photometricInterpretation: 'MONOCHROME2',
      synthetic: false,
      notes: [],
      window: { windowCenter: 127.5, windowWidth: 255 },
    },
    {},
  );
}
