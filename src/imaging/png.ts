/** Radiographs as PNG files: pixels as stored, and beside them what is needed to show them as before. */

import * as z from 'zod/mini';

import { wholeBetween } from '../schemas/numbers';
import { greyTableSchema, lossySchema } from './schema';
import { decodeGreyPng, type PngImage } from './png-decode';
import { chunksOfGreyPng, encodeGreyPng } from './png-encode';
import { isSameBytes } from './bytes';
import { writePng } from './png-chunks';
import { textChunks, textOfChunks } from './png-text';
import { newRadiographId, storedRange, type Radiograph } from './radiograph';
import { autoWindow, fullWindow } from './window';

export { readPngText } from './png-text';

/** PNG keyword under which a radiograph's own description travels, as JSON. */
export const RADIOGRAPH_KEYWORD = 'Counterpart-Radiograph';

const stored = wholeBetween(-32768, 65535);
const distance = z.number().check(z.positive());

const directions = z.string().check(z.regex(/^[A-Z]{1,16}$/));

/** What a PNG cannot say by itself; no identifiers. */
const descriptionSchema = z.object({
  version: z.literal(1),
  bitsStored: wholeBetween(8, 16),
  signed: z.boolean(),
  photometricInterpretation: z.enum(['MONOCHROME1', 'MONOCHROME2']),
  rescaleSlope: z.number().check(z.refine((slope) => slope !== 0)),
  rescaleIntercept: z.number(),
  window: z.object({ windowCenter: z.number(), windowWidth: z.number().check(z.positive()) }),
  windowFunction: z.optional(z.literal('SIGMOID')),
  modalityTable: z.optional(greyTableSchema),
  voiTable: z.optional(greyTableSchema),
  otherVoiTable: z.optional(greyTableSchema),
  pixelPadding: z.optional(z.tuple([stored, stored])),
  pixelSpacing: z.optional(z.tuple([distance, distance])),
  viewPosition: z.optional(z.string().check(z.maxLength(16))),
  laterality: z.optional(z.enum(['R', 'L', 'B'])),
  patientOrientation: z.optional(z.tuple([directions, directions])),
  lossy: z.optional(lossySchema),
  paediatric: z.optional(z.boolean()),
  burnedInAnnotation: z.optional(z.enum(['YES', 'NO'])),
  synthetic: z.boolean(),
  credit: z.optional(z.string()),
});

/** PNG samples are unsigned; signed values travel raised by this. */
const SIGNED_OFFSET = 32768;

/**
 * The radiograph's stored values as an 8- or 16-bit greyscale PNG, bit for bit, with a description that lets
 * `decodePng` restore window and polarity, and `text` by keyword (iTXt, UTF-8).
 * @throws RangeError when a keyword is not 1 to 79 printable ASCII characters
 */
export function encodePng(radiograph: Radiograph, text: Readonly<Record<string, string>>): Uint8Array {
  const { pixels } = radiograph;
  const samples = pixels instanceof Int16Array ? Uint16Array.from(pixels, (value) => value + SIGNED_OFFSET) : pixels;
  const { credit } = radiograph;
  const chunks = textChunks({
    ...text,
    ...(credit !== undefined && { Copyright: credit }),
    [RADIOGRAPH_KEYWORD]: JSON.stringify(describedAs(radiograph)),
  });
  return encodeGreyPng(radiograph.width, radiograph.height, samples, chunks);
}

/**
 * Whether the file is what `encodePng` writes of the radiograph in it, stated to be synthetic, with `text`: it can be handed on as
 * it is. Checksums are verified, and pixels are not decoded.
 * @throws TruncatedImageError, CorruptImageError
 */
export function isEncodedWith(bytes: Uint8Array, name: string, text: Readonly<Record<string, string>>): boolean {
  const file = chunksOfGreyPng(bytes, name);
  if (file === undefined) return false;
  const { Copyright: credit, [RADIOGRAPH_KEYWORD]: json = '' } = textOfChunks(file.extra);
  const { success, data } = descriptionSchema.safeParse(parseJson(json));
  // Written again, the description is the same: it holds nothing that the schema does not name, and nothing twice.
  if (!success || JSON.stringify(data) !== json) return false;
  if (!data.synthetic || data.credit !== credit || !fitsBits(data, file.bits)) return false;
  const expected = textChunks({
    ...text,
    ...(credit !== undefined && { Copyright: credit }),
    [RADIOGRAPH_KEYWORD]: json,
  });
  return isSameBytes(writePng(file.extra), writePng(expected));
}

/** What `descriptionSchema` names of a radiograph; what is undefined is left out of JSON. */
function describedAs(radiograph: Radiograph): z.input<typeof descriptionSchema> {
  const { pixelPadding, pixelSpacing, patientOrientation, lossy, modalityTable, voiTable, otherVoiTable } = radiograph;
  const copy = (table: Radiograph['voiTable']): z.input<typeof greyTableSchema> | undefined =>
    table && { ...table, entries: [...table.entries] };
  return {
    version: 1,
    bitsStored: radiograph.bitsStored,
    signed: radiograph.signed,
    photometricInterpretation: radiograph.photometricInterpretation,
    rescaleSlope: radiograph.rescaleSlope,
    rescaleIntercept: radiograph.rescaleIntercept,
    window: radiograph.window,
    windowFunction: radiograph.windowFunction,
    modalityTable: copy(modalityTable),
    voiTable: copy(voiTable),
    otherVoiTable: copy(otherVoiTable),
    pixelPadding: pixelPadding && [...pixelPadding],
    pixelSpacing: pixelSpacing && [...pixelSpacing],
    viewPosition: radiograph.viewPosition,
    laterality: radiograph.laterality,
    patientOrientation: patientOrientation && [...patientOrientation],
    lossy: lossy && { methods: [...lossy.methods], ratios: [...lossy.ratios] },
    paediatric: radiograph.paediatric,
    burnedInAnnotation: radiograph.burnedInAnnotation,
    synthetic: radiograph.synthetic,
    credit: radiograph.credit,
  };
}

/**
 * A radiograph from a PNG. Without a description of ours, 8-bit values are shown as they are and 16-bit values
 * under a window computed from them.
 * @throws TruncatedImageError, CorruptImageError, UnsupportedImageError, ColourImageError, ImageTooSmallError, ImageTooLargeError
 */
export function decodePng(bytes: Uint8Array, name: string): Radiograph {
  const image = decodeGreyPng(bytes, name);
  const described = describe(image);
  if (described.radiograph) return { ...head(image, name), ...described.radiograph };
  const bitsStored = image.samples instanceof Uint8Array ? 8 : 16;
  const plain = {
    ...head(image, name),
    pixels: image.samples,
    bitsStored,
    signed: false,
    photometricInterpretation: 'MONOCHROME2',
    rescaleSlope: 1,
    rescaleIntercept: 0,
    synthetic: false,
    notes: [...image.notes, ...described.notes],
  } as const;
  return { ...plain, window: bitsStored === 8 ? fullWindow(plain) : autoWindow(plain) };
}

function head(image: PngImage, name: string): Pick<Radiograph, 'id' | 'name' | 'format' | 'width' | 'height'> {
  return { id: newRadiographId(), name, format: 'png', width: image.width, height: image.height };
}

type Described = Omit<Radiograph, 'id' | 'name' | 'format' | 'width' | 'height'>;

/** The part of the radiograph that our own description states, when there is one that fits the pixels. */
function describe(image: PngImage): { readonly radiograph?: Described; readonly notes: readonly string[] } {
  const json = image.text[RADIOGRAPH_KEYWORD];
  if (json === undefined) return { notes: [] };
  const parsed = descriptionSchema.safeParse(parseJson(json));
  const wide = image.samples instanceof Uint16Array;
  if (!parsed.success || !fitsBits(parsed.data, wide ? 16 : 8) || !holds(parsed.data, image.samples)) {
    return { notes: ['The description saved with this PNG does not fit it and was left out.'] };
  }
  const { version: _, ...stated } = parsed.data;
  return {
    notes: [],
    radiograph: {
      ...withoutUndefined(stated),
      pixels: stated.signed ? Int16Array.from(image.samples, (sample) => sample - SIGNED_OFFSET) : image.samples,
      notes: image.notes,
    },
  };
}

/** Whether samples of so many bits can be what is described. */
function fitsBits({ signed, bitsStored }: Pick<Radiograph, 'bitsStored' | 'signed'>, bits: number): boolean {
  return bits === 16 || (!signed && bitsStored === 8);
}

/** Whether the stated bits can hold every sample; values beyond them would be changed by whatever is written of them. */
function holds(r: Pick<Radiograph, 'bitsStored' | 'signed'>, samples: PngImage['samples']): boolean {
  const [least, greatest] = storedRange(r).map((value) => value + (r.signed ? SIGNED_OFFSET : 0)) as [number, number];
  return samples.every((sample) => sample >= least && sample <= greatest);
}

/** Optional fields are absent rather than undefined. */
function withoutUndefined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const stated = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(stated) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
