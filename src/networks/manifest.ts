/** models/manifest.json: the files of a model release with their hashes, and how its networks are calibrated and sampled. */

import { z } from 'zod';
import { FINDINGS } from '../findings/vocabulary';
import { ManifestInvalidError } from './errors';

export const NETWORK_NAMES = ['encoder', 'decoder', 'anatomist', 'reader', 'second-reader', 'denoiser'] as const;
export type NetworkName = (typeof NETWORK_NAMES)[number];

const fileSchema = z.object({
  /** No folders: a manifest cannot reach outside its own network's folder. */
  file: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().positive(),
});
export type ManifestFile = z.infer<typeof fileSchema>;

/** A share of unseen images, and the distance to the nearest training image that this share of them does not exceed. */
const quantileSchema = z.tuple([z.number().min(0).max(1), z.number().nonnegative()]).readonly();
export type DistanceQuantile = z.infer<typeof quantileSchema>;

const neighboursSchema = fileSchema.extend({
  /** Training images in it. */
  images: z.number().int().positive(),
  /** By share, ascending. */
  unseen: z.array(quantileSchema).min(2),
  /** Distance of the golden output `features`: whoever reads the file can be held to it. */
  golden: z.number().nonnegative(),
});

const networkSchema = z.object({
  folder: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),
  graph: fileSchema,
  weights: fileSchema,
  /** Of the second reader: features of the training images. */
  neighbours: neighboursSchema.optional(),
  parameters: z.number().int().positive(),
  version: z.string().min(1),
  evaluation: z.record(z.string(), z.unknown()).default({}),
});
export type NetworkEntry = z.infer<typeof networkSchema>;

const curveSchema = z.object({
  scale: z.number(),
  offset: z.number(),
  /** Calibrated probability from which the finding counts as present. */
  threshold: z.number().min(0).max(1),
});
export type CalibrationCurve = z.infer<typeof curveSchema>;

const curvesSchema = z.partialRecord(z.enum(FINDINGS), curveSchema).default({});
export type FindingCurves = z.infer<typeof curvesSchema>;

const samplerSchema = z.enum(['twin-flow', 'inpaint']);

const settingsSchema = z.object({
  steps: z.number().int().min(1).max(50),
  guidance: z.number().min(0).max(20),
  maxTime: z.number().gt(0).max(1),
  /** Time shift toward noise; 1 is uniform. */
  shift: z.number().min(1).max(10).optional(),
  /** Noises averaged a step. */
  averages: z.number().int().min(1).max(8).optional(),
  /** Passes that share the steps. */
  passes: z.number().int().min(1).max(4).optional(),
  /** Bounds on the grey that guidance may give what is to clear: below what is expected, above what was. */
  darker: z.number().min(0).max(2).optional(),
  brighter: z.number().min(0).max(2).optional(),
});

export const manifestSchema = z.object({
  format: z.literal('counterpart-models'),
  version: z.literal(1),
  release: z.string().min(1),
  created: z.string().min(1),
  networks: z.record(z.enum(NETWORK_NAMES), networkSchema),
  calibration: z
    .object({
      reader: curvesSchema,
      'second-reader': curvesSchema,
      anatomist: z.object({ frontal: curveSchema.optional() }).default({}),
      /** Zone severity = min(3, scale x mean opacity probability of the zone). */
      severity: z.object({ scale: z.number().positive() }).default({ scale: 4 }),
      operatingPoint: z.object({ 'second-reader-local': z.number().optional() }).default({}),
    })
    .prefault({}),
  /** Radiographs of the training split that carry each finding. */
  support: z.partialRecord(z.enum(FINDINGS), z.number().int().min(0)).optional(),
  sampling: settingsSchema.extend({
    sampler: z.object({ add: samplerSchema, remove: samplerSchema, grade: samplerSchema }),
    /** Settings of an edit kind where they differ. */
    kinds: z.partialRecord(z.enum(['add', 'remove', 'grade']), settingsSchema.partial()).default({}),
  }),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** @throws ManifestInvalidError naming the first field that is wrong */
export function parseManifest(json: unknown): Manifest {
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? 'the file' : issue.path.join('.');
  throw new ManifestInvalidError(`${where}: ${issue?.message ?? 'not as expected'}`, { cause: parsed.error });
}

/** "0.1.0+1a2b3c4d": version and the first digits of the weights' hash, for recipes. */
export function networkVersion(entry: NetworkEntry): string {
  return `${entry.version}+${entry.weights.sha256.slice(0, 8)}`;
}
