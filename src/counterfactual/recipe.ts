/** Recipes in and out of files: all that is needed to make a counterfactual again. */

import { z } from 'zod';
import { FINDINGS, MAX_SEVERITY, PLACES } from '../findings/vocabulary';
import { sha256Hex } from '../imaging/digest';
import type { Mask, Radiograph } from '../imaging/radiograph';
import type { ResolvedSampling } from './choose';
import type { Edit, NoisePath, Recipe, SearchRecord } from './edit';
import { RecipeInvalidError } from './errors';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const pathSchema = z.object({ rho: z.number().gt(0).max(1), path: z.array(z.number().int().positive()) });
const count = z.number().int().positive();
const foundSchema = pathSchema.extend({
  rounds: count,
  candidates: count,
  beta: z.number(),
  gamma: z.number(),
  trials: count,
  score: z.number(),
  startScore: z.number(),
});

const severitiesSchema = z.partialRecord(z.enum(PLACES), z.number().min(0).max(MAX_SEVERITY));

export const recipeSchema = z.object({
  edit: z.object({
    kind: z.enum(['add', 'remove', 'grade']),
    finding: z.enum(FINDINGS),
    places: z.array(z.enum(PLACES)),
    severity: z.number().min(0).max(MAX_SEVERITY),
    severities: severitiesSchema.exactOptional(),
    further: z.array(z.object({ finding: z.enum(FINDINGS), severities: severitiesSchema })).exactOptional(),
    maskSha256: sha256.exactOptional(),
  }),
  sampling: z.object({
    seed: z.number().int().nonnegative(),
    steps: z.number().int().positive(),
    sampler: z.enum(['twin-flow', 'inpaint']),
    guidance: z.number(),
    maxTime: z.number().gt(0).max(1),
    shift: z.number().positive(),
    averages: z.number().int().positive(),
    passes: z.number().int().positive().default(1),
    darker: z.number().nonnegative().exactOptional(),
    brighter: z.number().nonnegative().exactOptional(),
  }),
  search: z.union([foundSchema, pathSchema]).exactOptional(),
  source: z.object({ name: z.string(), sha256 }),
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
  const parsed = recipeSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new RecipeInvalidError(image, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as expected'}`, {
    cause: parsed.error,
  });
}

export interface RecipeParts {
  readonly radiograph: Radiograph;
  readonly edit: Edit;
  readonly sampling: ResolvedSampling;
  readonly search?: NoisePath | SearchRecord | undefined;
  readonly models: Readonly<Record<string, string>>;
  readonly backend: string;
  readonly createdAt: Date;
}

export async function writeRecipe({
  radiograph,
  edit,
  sampling,
  search,
  models,
  backend,
  createdAt,
}: RecipeParts): Promise<Recipe> {
  const { mask, ...asked } = edit;
  // Parsed, so that a recipe reads the same, key by key, when it comes back from a file.
  return recipeSchema.parse({
    edit: { ...asked, places: [...asked.places], ...(mask === undefined ? {} : { maskSha256: await maskHash(mask) }) },
    sampling,
    ...(search === undefined ? {} : { search }),
    source: { name: radiograph.name, sha256: await storedHash(radiograph) },
    models,
    backend,
    createdAt: createdAt.toISOString(),
    synthetic: true,
  });
}

/** SHA-256 of the stored values, little-endian, row by row: the same for every file that holds this image. */
export function storedHash({ pixels }: Pick<Radiograph, 'pixels'>): Promise<string> {
  return sha256Hex(new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength));
}

/** SHA-256 of the mask's values, one byte a pixel, row by row. */
export function maskHash(mask: Mask): Promise<string> {
  return sha256Hex(mask.data);
}
