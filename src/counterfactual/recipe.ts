/** Recipes in and out of files: all that is needed to make a counterfactual again. */

import * as z from 'zod/mini';
import { sha256Hex } from '../imaging/digest';
import type { Taken } from '../findings/taken';
import { FINDINGS, type Finding } from '../findings/vocabulary';
import { IN_WORDS } from '../schemas/issues';
import { count, positiveCount, share } from '../schemas/numbers';
import { packMask } from '../imaging/mask-pack';
import type { Mask, Radiograph, StoredPixels } from '../imaging/radiograph';
import { COMPOSED_BY } from './composedBy';
import type { DrawnFinding, Edit, NoisePath, Recipe, SearchRecord } from './edit';
import { drawnSchema, editSchema, takenSchema } from './editSchema';
import { RecipeInvalidError } from './errors';
import { DRAWN_BY } from './sketch/drawnBy';

const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

const pathSchema = z.object({ rho: share, path: z.array(positiveCount) });
const foundSchema = z.extend(pathSchema, {
  rounds: positiveCount,
  candidates: positiveCount,
  beta: z.number(),
  gamma: z.number(),
  trials: positiveCount,
  score: z.number(),
  startScore: z.number(),
});

const stageSchema = z.object({
  steps: positiveCount,
  sampler: z.enum(['twin-flow', 'inpaint']),
  guidance: z.number(),
  maxTime: share,
  shift: z.number().check(z.positive()),
  averages: positiveCount,
  passes: z._default(positiveCount, 1),
  healthyTwin: z.exactOptional(z.literal(true)),
  repeatAbove: z.exactOptional(z.number().check(z.nonnegative())),
  overshoot: z.exactOptional(z.number().check(z.nonnegative())),
  undershoot: z.exactOptional(z.number().check(z.nonnegative())),
});

const sampledSchema = z.extend(stageSchema, {
  seed: count,
  blended: z.exactOptional(z.boolean()),
  clearing: z.exactOptional(stageSchema),
});

const paintedSchema = z.object({
  width: positiveCount,
  height: positiveCount,
  box: z.tuple([count, count, count, count]),
  pixels: z.string(),
});

export const recipeSchema = z.object({
  edit: editSchema({ maskSha256: z.exactOptional(sha256) }),
  painted: z.exactOptional(paintedSchema),
  sampling: z.discriminatedUnion('sampler', [sampledSchema, z.object({ sampler: z.literal('sketch'), seed: count })]),
  drawn: z.exactOptional(z.array(drawnSchema)),
  drawnBy: z.exactOptional(z.string()),
  composedBy: z.exactOptional(z.string()),
  taken: z.exactOptional(takenSchema),
  notFound: z.exactOptional(z.array(z.enum(FINDINGS))),
  search: z.exactOptional(z.union([foundSchema, pathSchema])),
  source: z.object({ name: z.exactOptional(z.string()), frame: z.exactOptional(positiveCount), sha256 }),
  models: z.record(z.string(), z.string()),
  backend: z.string(),
  createdAt: z.iso.datetime(),
  synthetic: z.literal(true),
});

/** @param image the file's name, for the message. @throws RecipeInvalidError */
export function recipeFromText(text: string, image: string): Recipe {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new RecipeInvalidError(image, 'it is not JSON', { cause });
  }
  const parsed = recipeSchema.safeParse(json, IN_WORDS);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new RecipeInvalidError(image, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as expected'}`, {
    cause: parsed.error,
  });
}

export interface RecipeParts {
  readonly radiograph: Radiograph;
  readonly edit: Edit;
  readonly sampling: Recipe['sampling'];
  readonly drawn?: readonly DrawnFinding[] | undefined;
  readonly notFound?: readonly Finding[] | undefined;
  readonly search?: NoisePath | SearchRecord | undefined;
  readonly models: Readonly<Record<string, string>>;
  readonly backend: string;
  readonly createdAt: Date;
}

export async function writeRecipe({
  radiograph,
  edit,
  sampling,
  drawn,
  notFound = [],
  search,
  models,
  backend,
  createdAt,
}: RecipeParts): Promise<Recipe> {
  const { mask, ...asked } = edit;
  // Parsed, so that a recipe reads the same, key by key, when it comes back from a file.
  return recipeSchema.parse({
    edit: { ...asked, places: [...asked.places], ...(mask === undefined ? {} : { maskSha256: await maskHash(mask) }) },
    ...(mask !== undefined && { painted: await packMask(mask) }),
    sampling,
    ...(drawn === undefined || drawn.length === 0 ? {} : { drawn, drawnBy: DRAWN_BY }),
    ...(sampling.sampler === 'sketch' ? {} : { composedBy: COMPOSED_BY }),
    ...(notFound.length === 0 ? {} : { notFound }),
    ...(search === undefined ? {} : { search }),
    source: {
      ...(radiograph.frame && { frame: radiograph.frame.number }),
      sha256: await storedHash(radiograph),
    },
    models,
    backend,
    createdAt: createdAt.toISOString(),
    synthetic: true,
  });
}

/** The recipe of an erasure with what it took. Parsed, for the same reason. */
export function recipeWithTaken(recipe: Recipe, taken: Taken): Recipe {
  return recipeSchema.parse({ ...recipe, taken });
}

/** Of films that are edited again and again; stored values never change in place. */
const hashes = new WeakMap<StoredPixels, Promise<string>>();

/** SHA-256 of the stored values, little-endian, row by row: the same for every file that holds this image. */
export function storedHash({ pixels }: Pick<Radiograph, 'pixels'>): Promise<string> {
  const hash = hashes.get(pixels) ?? sha256Hex(new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength));
  hashes.set(pixels, hash);
  return hash;
}

/** Digits of a radiograph's hash that tell it from the others of a set. */
const ORIGIN_DIGITS = 16;

/** What tells all that was made of a radiograph from the rest. */
export async function originOf(radiograph: Pick<Radiograph, 'pixels'>): Promise<string> {
  return (await storedHash(radiograph)).slice(0, ORIGIN_DIGITS);
}

/** SHA-256 of the mask's values, one byte a pixel, row by row. */
export function maskHash(mask: Mask): Promise<string> {
  return sha256Hex(mask.data);
}
