/** What an edit is made of, as recipes, projects and messages to the worker check it. */

import * as z from 'zod/mini';
import { FINDINGS, MAX_SEVERITY, PLACES, ZONES } from '../findings/vocabulary';
import { LUNG_SHAPE_PATTERN } from '../findings/lungShape';
import { TOKENS_PATTERN } from '../findings/pathology';
import { isWhole, TAKEN_CELLS_PATTERN, TAKEN_VALUES_PATTERN } from '../findings/taken';
import type { EditKind } from './edit';
import { between } from '../schemas/numbers';

export const severitySchema = between(0, MAX_SEVERITY);
export const severitiesSchema = z.partialRecord(z.enum(PLACES), severitySchema);

const pointSchema = z.object({ x: between(0, 1), y: between(0, 1) });
export const optionsSchema = z.record(z.string(), z.string());

const lungDigits = z.string().check(z.regex(LUNG_SHAPE_PATTERN));
const shapeSchema = z.object({ right: lungDigits, left: lungDigits });

const pathologySchema = z.object({
  scale: z.number().check(z.positive()),
  tokens: z.string().check(z.regex(TOKENS_PATTERN)),
});

export const takenSchema = z
  .object({
    places: z.array(z.enum(ZONES)).check(z.minLength(1)),
    severity: severitySchema.check(z.positive()),
    severities: z.exactOptional(z.partialRecord(z.enum(ZONES), severitySchema.check(z.positive()))),
    // Latents are of about unit variance.
    scale: between(0, 1).check(z.positive()),
    cells: z.string().check(z.regex(TAKEN_CELLS_PATTERN)),
    values: z.string().check(z.regex(TAKEN_VALUES_PATTERN)),
  })
  .check(
    z.refine(isWhole, 'has not as many values as cells'),
    z.refine(
      ({ places, severities = {} }) => Object.keys(severities).every((zone) => places.some((place) => place === zone)),
      'has grades of zones from which nothing was taken',
    ),
  );

/** Whether a finding has such an option, and how much of it there can be, is for its sketcher to say. */
export const wishSchema = z.object({
  amount: z.exactOptional(z.number().check(z.positive())),
  options: z.exactOptional(optionsSchema),
  at: z.exactOptional(pointSchema),
  shape: z.exactOptional(shapeSchema),
  pathology: z.exactOptional(pathologySchema),
  taken: z.exactOptional(takenSchema),
});

export const furtherSchema = z.object({
  finding: z.enum(FINDINGS),
  severities: severitiesSchema,
  sketch: z.exactOptional(wishSchema),
});

const askedFields = {
  finding: z.enum(FINDINGS),
  places: z.array(z.enum(PLACES)),
  further: z.exactOptional(z.array(furtherSchema)),
};
const gradedFields = {
  ...askedFields,
  severity: severitySchema,
  severities: z.exactOptional(severitiesSchema),
  sketch: z.exactOptional(wishSchema),
};

/** Whatever was written beside a removal, it is of nothing. */
const nothing = z.pipe(
  severitySchema,
  z.transform((): 0 => 0),
);

const FIELDS = {
  add: gradedFields,
  grade: gradedFields,
  remove: { ...askedFields, severity: nothing },
} as const satisfies Record<EditKind, object>;

/**
 * An edit with what goes beside it (its mask, or the mask's hash). Earlier releases also wrote grades and a wish for the drawing
 * with a removal, where they had no effect: they are dropped.
 */
export function editSchema<Beside extends z.core.$ZodLooseShape>(beside: Beside) {
  return z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('add'), ...FIELDS.add, ...beside }),
    z.object({ kind: z.literal('grade'), ...FIELDS.grade, ...beside }),
    z.object({ kind: z.literal('remove'), ...FIELDS.remove, ...beside }),
  ]);
}

/** How a finding was drawn: all of it, with nothing left to a default that another release may change. */
export const drawnSchema = z.object({
  finding: z.enum(FINDINGS),
  severity: severitySchema,
  places: z.array(z.enum(PLACES)),
  amount: z.number(),
  unit: z.enum(['mm', 'ratio', 'share']),
  remove: z.exactOptional(z.literal(true)),
  options: optionsSchema,
  at: z.exactOptional(pointSchema),
  shape: z.exactOptional(shapeSchema),
  pathology: z.exactOptional(pathologySchema),
  taken: z.exactOptional(takenSchema),
  harmonised: z.exactOptional(
    z.object({ from: between(0, 1), steps: z.int().check(z.positive()), guidance: z.number() }),
  ),
});
