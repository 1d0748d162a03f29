/** Radiographs and masks as they cross a border (storage, a file, a worker): checked where a wrong value would break what reads them. */

import * as z from 'zod/mini';
import { positiveCount, wholeBetween } from '../schemas/numbers';
import { uid } from '../schemas/uid';

const side = positiveCount;

/** A lookup table, see grey-table.ts. */
export const greyTableSchema = z
  .object({ first: wholeBetween(-32768, 65535), bits: wholeBetween(1, 16), entries: z.array(wholeBetween(0, 65535)) })
  .check(z.refine(({ entries }) => entries.length >= 2 && entries.length <= 65536));

/** What was lost before, see LossyCompression. */
export const lossySchema = z.object({
  methods: z.array(z.string().check(z.maxLength(16))),
  ratios: z.array(z.number().check(z.positive())),
});

/** See FrameOfFile. */
const frameSchema = z
  .object({ number: positiveCount, count: positiveCount })
  .check(z.refine(({ number, count }) => number <= count, { error: 'there is no such frame' }));

/** See DicomReference: it says whose record a result goes to, and is put into addresses. */
const referenceSchema = z.object({
  studyInstanceUid: uid,
  seriesInstanceUid: uid,
  sopClassUid: uid,
  sopInstanceUid: uid,
});

/** Fields that are not named here pass as they are. */
export const radiographFields = {
  id: z.string().check(z.minLength(1)),
  name: z.string(),
  format: z.enum(['dicom', 'png', 'jpeg', 'tiff', 'webp', 'bmp']),
  width: side,
  height: side,
  pixels: z.union([z.instanceof(Uint8Array), z.instanceof(Uint16Array), z.instanceof(Int16Array)]),
  bitsStored: wholeBetween(1, 16),
  signed: z.boolean(),
  photometricInterpretation: z.enum(['MONOCHROME1', 'MONOCHROME2']),
  rescaleSlope: z.number(),
  rescaleIntercept: z.number(),
  window: z.object({ windowCenter: z.number(), windowWidth: z.number() }),
  modalityTable: z.optional(greyTableSchema),
  voiTable: z.optional(greyTableSchema),
  otherVoiTable: z.optional(greyTableSchema),
  windowFunction: z.optional(z.literal('SIGMOID')),
  lossy: z.optional(lossySchema),
  dicomReference: z.exactOptional(referenceSchema),
  frame: z.optional(frameSchema),
  synthetic: z.boolean(),
  credit: z.optional(z.string()),
  notes: z.array(z.string()),
};

export const radiographSchema = z.looseObject(radiographFields).check(
  z.refine(({ pixels, width, height }) => pixels.length === width * height, {
    error: 'pixels are not width x height',
    path: ['pixels'],
  }),
);

export const maskSchema = z.object({ width: side, height: side, data: z.instanceof(Uint8Array) }).check(
  z.refine(({ data, width, height }) => data.length === width * height, {
    error: 'values are not width x height',
    path: ['data'],
  }),
);
