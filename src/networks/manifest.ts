/** models/manifest.json: the files of a model release with their hashes, and how its networks are calibrated and sampled. */

import { CHANGE_KINDS } from '../findings/change';
import * as z from 'zod/mini';
import { FINDINGS } from '../findings/vocabulary';
import { IN_WORDS } from '../schemas/issues';
import { between, count, positiveCount, share, wholeBetween } from '../schemas/numbers';
import { ManifestInvalidError } from './errors';

export const NETWORK_NAMES = [
  'encoder',
  'decoder',
  'anatomist',
  'reader',
  'second-reader',
  'denoiser',
  'healthy-twin',
  'pathology',
  'recomposer',
] as const;
export type NetworkName = (typeof NETWORK_NAMES)[number];

/** No folders: a manifest cannot reach outside its own network's folder. */
const plainName = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/));
const text = z.string().check(z.minLength(1));

const fileSchema = z.object({
  file: plainName,
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  bytes: positiveCount,
});
export type ManifestFile = z.infer<typeof fileSchema>;

/** A share of unseen images, and the distance to the nearest training image that this share of them does not exceed. */
const quantileSchema = z.readonly(z.tuple([between(0, 1), z.number().check(z.nonnegative())]));
export type DistanceQuantile = z.infer<typeof quantileSchema>;

const neighboursSchema = z.extend(fileSchema, {
  /** Training images in it. */
  images: positiveCount,
  /** By share, ascending. */
  unseen: z.array(quantileSchema).check(z.minLength(2)),
  /** Distance of the golden output `features`: whoever reads the file can be held to it. */
  golden: z.number().check(z.nonnegative()),
});

const networkSchema = z.object({
  folder: plainName,
  graph: fileSchema,
  weights: fileSchema,
  /** Of the second reader: features of the training images. */
  neighbours: z.optional(neighboursSchema),
  parameters: positiveCount,
  version: text,
  evaluation: z._default(z.record(z.string(), z.unknown()), {}),
});
export type NetworkEntry = z.infer<typeof networkSchema>;

const curveSchema = z.object({
  scale: z.number(),
  offset: z.number(),
  /** Calibrated probability from which the finding counts as present. */
  threshold: between(0, 1),
  /** False: at that threshold, which calls it on few clear films of any source, it is hardly ever found. */
  readable: z.optional(z.boolean()),
});
export type CalibrationCurve = z.infer<typeof curveSchema>;

const curvesSchema = z._default(z.partialRecord(z.enum(FINDINGS), curveSchema), {});
export type FindingCurves = z.infer<typeof curvesSchema>;

const samplerSchema = z.enum(['twin-flow', 'inpaint']);

const settingsSchema = z.object({
  steps: wholeBetween(1, 50),
  guidance: between(0, 20),
  maxTime: share,
  /** Time shift toward noise; 1 is uniform. */
  shift: z.optional(between(1, 10)),
  /** Noises averaged a step. */
  averages: z.optional(wholeBetween(1, 8)),
  /** Passes that share the steps. */
  passes: z.optional(wholeBetween(1, 4)),
  /** Bounds on the grey that guidance may give: past what is expected, and the wrong way from what was. */
  overshoot: z.optional(between(0, 2)),
  undershoot: z.optional(between(0, 2)),
});

export const manifestSchema = z.object({
  format: z.literal('counterpart-models'),
  version: z.literal(1),
  release: text,
  created: text,
  networks: z.record(z.enum(NETWORK_NAMES), networkSchema),
  calibration: z.prefault(
    z.object({
      reader: curvesSchema,
      'second-reader': curvesSchema,
      anatomist: z._default(z.object({ frontal: z.optional(curveSchema) }), {}),
      /** Zone severity = min(3, scale x mean opacity probability of the zone). */
      severity: z._default(z.object({ scale: z.number().check(z.positive()) }), { scale: 4 }),
      operatingPoint: z._default(z.object({ 'second-reader-local': z.optional(z.number()) }), {}),
    }),
    {},
  ),
  /** Radiographs of the training split that carry each finding. */
  support: z.optional(z.partialRecord(z.enum(FINDINGS), count)),
  sampling: z.extend(settingsSchema, {
    sampler: z.object({ add: samplerSchema, remove: samplerSchema, grade: samplerSchema }),
    /** Settings of an edit kind where they differ. */
    kinds: z._default(z.partialRecord(z.enum(CHANGE_KINDS), z.partial(settingsSchema)), {}),
    /** Where opacity goes and nothing else is asked: the flow starts from the healthy twin. Absent: it starts from the film. */
    healthyTwin: z.optional(
      z.extend(settingsSchema, {
        /** A pass after the first, from the twin of what there is, where more than this is left of what was opaque. Absent: passes go on from where they are. */
        repeatAbove: z.optional(share),
      }),
    ),
    /** Findings other than opacity of which the denoiser has learnt where they lie; statements say so. 0.16.0 wrote whether all were learnt. */
    places: z._default(
      z.pipe(
        z.union([z.boolean(), z.array(z.enum(FINDINGS))]),
        z.transform((said) => (typeof said === 'boolean' ? (said ? [...FINDINGS] : []) : said)),
      ),
      [],
    ),
  }),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** @throws ManifestInvalidError naming the first field that is wrong */
export function parseManifest(json: unknown): Manifest {
  const parsed = manifestSchema.safeParse(json, IN_WORDS);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? 'the file' : issue.path.join('.');
  throw new ManifestInvalidError(`${where}: ${issue?.message ?? 'not as expected'}`, { cause: parsed.error });
}

/** "0.1.0+1a2b3c4d": version and the first digits of the weights' hash, for recipes. */
export function networkVersion(entry: NetworkEntry): string {
  return `${entry.version}+${entry.weights.sha256.slice(0, 8)}`;
}
