/** How the patient lies in the stored picture (PS3.3 C.7.6.1.1.1), and how to turn it upright: the patient's left at the right. */

import type { Radiograph, StoredPixels } from '../imaging/radiograph';
import type { DicomDataSet } from './data-set';
import { TAG } from './tags';

/** `transpose` (rows become columns) comes before the flips. */
interface Turn {
  readonly transpose: boolean;
  readonly flipX: boolean;
  readonly flipY: boolean;
}

/** Where rows (left to right) and columns (downwards) lead, by the first letter of each; undefined where unstated. */
export function statedDirections(dataSet: DicomDataSet): readonly [row: string, column: string] | undefined {
  const [row, column] = dataSet.texts(TAG.patientOrientation);
  return row === undefined || column === undefined
    ? undefined
    : [row.charAt(0).toUpperCase(), column.charAt(0).toUpperCase()];
}

/** As stated, with the letters after the first; undefined where it is unstated or no orientation. */
function orientationOf(dataSet: DicomDataSet): Radiograph['patientOrientation'] {
  const [row, column] = dataSet.texts(TAG.patientOrientation).map((value) => value.toUpperCase());
  const wellFormed = (value: string | undefined): value is string => /^[APRLHFU]{1,3}$/.test(value ?? '');
  return wellFormed(row) && wellFormed(column) ? [row, column] : undefined;
}

/**
 * The picture with the patient upright and their left at its right, where the file says that it is stored otherwise.
 * A turned picture no longer names its instance: a mask of one does not lie on the other.
 */
export function turnedUpright(picture: Radiograph, dataSet: DicomDataSet): Radiograph {
  const directions = statedDirections(dataSet);
  if (!directions) return picture;
  const turn = turnOf(directions);
  const patientOrientation = orientationOf(dataSet);
  const stated = directions.map((letter) => (/[A-Z]/.test(letter) ? letter : '?')).join('\\');
  if (!turn)
    return {
      ...picture,
      ...(patientOrientation && { patientOrientation }),
      notes: [
        ...picture.notes,
        `The patient’s orientation (${stated}) is not that of a frontal view; check the sides.`,
      ],
    };
  if (!turn.transpose && !turn.flipX && !turn.flipY)
    return { ...picture, ...(patientOrientation && { patientOrientation }) };
  const { pixels, width, height, pixelSpacing, dicomReference: _, ...rest } = picture;
  const [w, h] = turn.transpose ? [height, width] : [width, height];
  return {
    ...rest,
    patientOrientation: ['L', 'F'],
    width: w,
    height: h,
    pixels: turned(pixels, width, turn, w, h),
    ...(pixelSpacing && { pixelSpacing: turn.transpose ? [pixelSpacing[1], pixelSpacing[0]] : pixelSpacing }),
    notes: [
      ...picture.notes,
      `The file stores the picture ${described(turn)} (patient orientation ${stated}); it was turned upright, the patient’s left at the right. Masks made on it as stored do not fit.`,
    ],
  };
}

/** Undefined for directions that are not those of a frontal view. */
function turnOf([row, column]: readonly [string, string]): Turn | undefined {
  const sideways = (letter: string): boolean => letter === 'L' || letter === 'R';
  const upDown = (letter: string): boolean => letter === 'H' || letter === 'F';
  if (sideways(row) && upDown(column)) return { transpose: false, flipX: row === 'R', flipY: column === 'H' };
  if (upDown(row) && sideways(column)) return { transpose: true, flipX: column === 'R', flipY: row === 'H' };
  return undefined;
}

function described({ transpose, flipX, flipY }: Turn): string {
  if (transpose) return 'lying on its side';
  if (flipX && flipY) return 'upside down';
  return flipX ? 'mirrored' : 'upside down and mirrored';
}

function turned(pixels: StoredPixels, from: number, turn: Turn, width: number, height: number): StoredPixels {
  const out = pixels.slice();
  for (let y = 0; y < height; y++) {
    const v = turn.flipY ? height - 1 - y : y;
    for (let x = 0; x < width; x++) {
      const u = turn.flipX ? width - 1 - x : x;
      out[y * width + x] = pixels[turn.transpose ? u * from + v : v * from + u] as number;
    }
  }
  return out;
}
