/** Requests as they arrive: checked before anything is computed. Mirrors the types in messages.ts. */

import { z } from 'zod';
import { FINDINGS, MAX_SEVERITY, PLACES } from '../findings/vocabulary';
import { MessageInvalidError } from './errors';
import type { Request } from './messages';

const id = z.number().int().nonnegative();
const side = z.number().int().positive();

const radiographSchema = z
  .looseObject({
    id: z.string(),
    name: z.string(),
    format: z.enum(['dicom', 'png', 'jpeg']),
    width: side,
    height: side,
    pixels: z.union([z.instanceof(Uint8Array), z.instanceof(Uint16Array), z.instanceof(Int16Array)]),
    bitsStored: z.number().int().min(1).max(16),
    signed: z.boolean(),
    photometricInterpretation: z.enum(['MONOCHROME1', 'MONOCHROME2']),
    rescaleSlope: z.number(),
    rescaleIntercept: z.number(),
    window: z.object({ windowCenter: z.number(), windowWidth: z.number() }),
    synthetic: z.boolean(),
    notes: z.array(z.string()),
  })
  .refine(({ pixels, width, height }) => pixels.length === width * height, {
    error: 'pixels are not width x height',
    path: ['pixels'],
  });

const editSchema = z.object({
  kind: z.enum(['add', 'remove', 'grade']),
  finding: z.enum(FINDINGS),
  places: z.array(z.enum(PLACES)),
  severity: z.number().min(0).max(MAX_SEVERITY),
  severities: z.partialRecord(z.enum(PLACES), z.number().min(0).max(MAX_SEVERITY)).exactOptional(),
  mask: z
    .object({ width: side, height: side, data: z.instanceof(Uint8Array) })
    .refine(({ data, width, height }) => data.length === width * height, {
      error: 'values are not width x height',
      path: ['data'],
    })
    .exactOptional(),
});

const samplingSchema = z.object({
  seed: z.number().int().nonnegative(),
  steps: z.number().int().min(4).max(50),
  sampler: z.enum(['twin-flow', 'inpaint', 'auto']),
  guidance: z.number().min(0).max(20),
  maxTime: z.number().gt(0).max(1),
});

const requestSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    id,
    prefer: z.enum(['webgpu', 'wasm', 'auto']),
    baseUrl: z.string().endsWith('/'),
  }),
  z.object({ type: z.literal('analyse'), id, radiograph: radiographSchema }),
  z
    .object({
      type: z.literal('generate'),
      id,
      radiograph: radiographSchema,
      edit: editSchema,
      sampling: samplingSchema,
      allowUncertain: z.boolean().exactOptional(),
    })
    .refine(
      ({ radiograph, edit: { mask } }) =>
        mask === undefined || (mask.width === radiograph.width && mask.height === radiograph.height),
      {
        error: 'the mask is not the size of the radiograph',
        path: ['edit', 'mask'],
      },
    ),
  z.object({ type: z.literal('cancel'), id }),
]);

/** @throws MessageInvalidError naming the first field that is wrong */
export function parseRequest(message: unknown): Request {
  const parsed = requestSchema.safeParse(message);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? 'the whole' : issue.path.join('.');
  throw new MessageInvalidError(where, issue?.message ?? 'not as expected');
}
