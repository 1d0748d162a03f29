/** One file through the product, beside what pydicom made of it. */

import { readDicom } from '../../src/dicom/read-dicom';
import { CounterpartError } from '../../src/errors';
import { toPresentation } from '../../src/imaging/presentation';
import type { Radiograph } from '../../src/imaging/radiograph';

/** What reference.py says of a file. */
export interface Reference {
  readonly state: 'read' | 'no image' | 'not read' | 'no pixels' | 'colour' | 'float';
  readonly why?: string;
  readonly rows?: number;
  readonly columns?: number;
  readonly syntax?: string;
  readonly photometric?: string;
  readonly modality?: string;
  readonly bits?: number;
  readonly frames?: number;
  /** All frames, one after another, as `grey` is. */
  readonly stored?: Int32Array;
  /** Absent: the file does not say how it is to be shown. */
  readonly grey?: Float32Array;
}

export interface Row {
  readonly file: string;
  /** `refused`: here alone; `more`: read here alone; `neither`: both refuse. */
  readonly verdict: 'equal' | 'close' | 'different' | 'refused' | 'more' | 'neither';
  /** The greatest difference of a stored value, and of a grey (0 to 1). */
  readonly stored?: number;
  readonly grey?: number;
  readonly said: string;
  readonly reference: string;
}

/** A grey off by less than this cannot be told on a screen of 10 bits. */
const SAME_GREY = 1 / 2048;
/** Decoders of lossy JPEG round differently. */
const ROUNDING = 2;

/**
 * @param bytes of the file; a study of any modality is opened, so that every way to store pixels is compared
 * @param frame the only one that is compared; every one unless said
 * @returns a row of the file, or of the first frame that is not equal
 */
export async function compareFile(file: string, bytes: Uint8Array, reference: Reference, frame?: number): Promise<Row> {
  const { frames = 1 } = reference;
  const numbers = frame === undefined ? Array.from({ length: frames }, (_, index) => index + 1) : [frame];
  let row: Row | undefined;
  for (const number of numbers) {
    const label = frames > 1 ? `${file}#${String(number)}` : file;
    const next = await compareFrame(label, bytes, frameOf(reference, number), number);
    if (next.verdict !== 'equal') return next;
    row ??= next;
  }
  if (row === undefined) throw new RangeError(`${file} has no frame.`);
  return numbers.length > 1 ? { ...row, file: `${file} (${String(numbers.length)} frames)` } : row;
}

function frameOf({ stored, grey, ...reference }: Reference, number: number): Reference {
  const size = (reference.rows ?? 0) * (reference.columns ?? 0);
  const [from, to] = [(number - 1) * size, number * size];
  return {
    ...reference,
    ...(stored && { stored: stored.subarray(from, to) }),
    ...(grey && { grey: grey.subarray(from, to) }),
  };
}

async function compareFrame(file: string, bytes: Uint8Array, reference: Reference, frame: number): Promise<Row> {
  const about = [reference.state, reference.syntax, reference.photometric, reference.modality]
    .filter(Boolean)
    .join(' ');
  const row = { file, reference: reference.why === undefined ? about : `${about}: ${reference.why}` };
  const read = await opened(bytes, file, frame);
  if (typeof read === 'string')
    return { ...row, verdict: reference.state === 'read' ? 'refused' : 'neither', said: read };
  const said = read.notes.join(' ');
  const { stored, grey } = reference;
  if (stored === undefined) return { ...row, verdict: 'more', said };
  if (stored.length !== read.pixels.length || read.width !== reference.columns)
    return { ...row, verdict: 'different', said: `${said} ${String(read.width)} × ${String(read.height)}` };
  const off = greatestDifference(read.pixels, stored);
  const offGrey = grey && greatestDifference(toPresentation(read), grey);
  const sameGrey = offGrey === undefined || offGrey <= SAME_GREY;
  const verdict = off === 0 && sameGrey ? 'equal' : off <= ROUNDING && (off > 0 || sameGrey) ? 'close' : 'different';
  return { ...row, verdict, stored: off, ...(offGrey !== undefined && { grey: offGrey }), said };
}

async function opened(bytes: Uint8Array, name: string, frame: number): Promise<Radiograph | string> {
  try {
    return (await readDicom(bytes, name, frame, () => undefined)) ?? 'not DICOM';
  } catch (error) {
    if (!(error instanceof CounterpartError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

function greatestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs((a[i] as number) - (b[i] as number)));
  return most;
}
