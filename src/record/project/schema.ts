/**
 * Projects as they come back from storage or a file, and as they are about to be written: checked wherever a wrong value would
 * break the studio. Fields that are not named here pass as they are. What does not pass is mended or left out by repair.ts.
 */

import { CHANGE_KINDS } from '../../findings/change';
import * as z from 'zod/mini';
import { recipeSchema } from '../../counterfactual/recipe';
import { FINDINGS, MAX_SEVERITY, PLACES } from '../../findings/vocabulary';
import { IN_WORDS } from '../../schemas/issues';
import { between, count, positiveCount } from '../../schemas/numbers';
import { maskSchema, radiographFields, radiographSchema } from '../../imaging/schema';
import { LazyPixels } from '../pixels/lazyPixels';
import { soundVersions } from '../versionTree';
import { PROJECT_FORMAT, PROJECT_VERSION } from './snapshot';
import { COMPARISONS } from './view';

const id = z.string().check(z.minLength(1));

const thumbnailSchema = z
  .looseObject({ width: positiveCount, height: positiveCount, data: z.instanceof(Uint8ClampedArray) })
  .check(
    z.refine(({ data, width, height }) => data.length === 4 * width * height, {
      error: 'is not of its size',
      path: ['data'],
    }),
  );

const floats = z.instanceof(Float32Array);
/** Run-length code of masks (history/runs.ts). */
const runs = z.instanceof(Uint8Array);

const readingSchema = z.looseObject({
  findings: z.partialRecord(z.enum(FINDINGS), z.number()),
  zoneSeverity: z.array(z.number()),
  opacityMap: z.instanceof(Float32Array),
});

const analysisSchema = z.discriminatedUnion('status', [
  z.looseObject({ status: z.literal('waiting') }),
  z.looseObject({
    status: z.literal('ready'),
    analysis: z.looseObject({
      reading: readingSchema,
      zones: z.record(z.string(), z.instanceof(Float32Array)),
      frontalChest: z.number(),
      mirrored: z.optional(z.literal(true)),
    }),
  }),
]);

const requestSchema = z.looseObject({
  kind: z.enum(CHANGE_KINDS),
  finding: z.enum(FINDINGS),
  places: z.array(z.enum(PLACES)),
  severity: between(0, MAX_SEVERITY),
  further: z.optional(
    z.array(
      z.looseObject({
        finding: z.enum(FINDINGS),
        severities: z.partialRecord(z.enum(PLACES), between(0, MAX_SEVERITY)),
      }),
    ),
  ),
  position: z.optional(count),
  text: z.string(),
  understanding: z.looseObject({ unrecognised: z.array(z.unknown()) }),
  sampling: z.looseObject({
    seed: count,
    seedLocked: z.boolean(),
    steps: z.optional(z.int()),
    guidance: z.optional(z.number()),
    sampler: z.enum(['auto', 'twin-flow', 'inpaint', 'sketch']),
  }),
});

const lazyPixels = z.custom<LazyPixels>((value) => value instanceof LazyPixels, { error: 'is no array of pixels' });

/** Of a result: the pixels may be in storage only. */
const storedRadiographSchema = z.looseObject({ ...radiographFields, pixels: lazyPixels }).check(
  z.refine(({ pixels, width, height }) => pixels.length === width * height, {
    error: 'pixels are not width x height',
    path: ['pixels'],
  }),
);

const storedMaskSchema = z.looseObject({ width: positiveCount, height: positiveCount, data: lazyPixels }).check(
  z.refine(({ data, width, height }) => data.length === width * height, {
    error: 'values are not width x height',
    path: ['data'],
  }),
);

const versionSchema = z.looseObject({
  id,
  parentId: z.optional(id),
  counterfactual: z.looseObject({
    image: storedRadiographSchema,
    recipe: z.looseObject(recipeSchema.shape),
    mask: storedMaskSchema,
    before: readingSchema,
    after: readingSchema,
    changedPixels: count,
    milliseconds: z.number(),
    measures: z.optional(
      z.looseObject({
        cells: floats,
        change: floats,
        anatomy: z.looseObject({ lungs: z.number(), heart: z.number() }),
        realism: z.optional(z.looseObject({ before: z.number(), after: z.number() })),
      }),
    ),
  }),
  thumbnail: thumbnailSchema,
  label: z.string(),
  name: z.optional(z.string()),
  pinned: z.boolean(),
  changedOutside: count,
  analysis: analysisSchema,
});

const box = z.looseObject({ x: count, y: count, width: count, height: count });
const maskList = z.looseObject({
  masks: z.array(z.looseObject({ id, name: z.string() })),
  activeMaskId: z.optional(z.string()),
});
const place = z.looseObject({ baseVersionId: z.optional(z.string()), shownVersionId: z.optional(z.string()) });
const requestFields = z.partial(requestSchema);
const setSchema = z.looseObject({
  id,
  kind: z.enum(['candidates', 'search', 'sweep']),
  label: z.string(),
  asked: count,
  items: z.array(versionSchema),
  trials: z.array(z.looseObject({})),
});

const maskDeltaSchema = z.looseObject({
  before: maskList,
  after: maskList,
  pixels: z.array(
    z.looseObject({
      id,
      delta: z.looseObject({ width: positiveCount, height: positiveCount, box, before: runs, after: runs }),
    }),
  ),
});
const treeDeltaSchema = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('marks'), id, before: z.looseObject({}), after: z.looseObject({}) }),
  z.looseObject({
    kind: z.literal('removal'),
    removed: z.array(z.looseObject({ index: count, version: versionSchema })),
    candidates: z.optional(z.array(z.looseObject({ set: setSchema, candidate: versionSchema }))),
    before: place,
    after: place,
  }),
]);

const stepSchema = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('mask'), label: z.string(), delta: maskDeltaSchema }),
  z.looseObject({
    kind: z.literal('request'),
    label: z.string(),
    delta: z.looseObject({ before: requestFields, after: requestFields }),
  }),
  z.looseObject({ kind: z.literal('tree'), label: z.string(), delta: treeDeltaSchema }),
]);

interface Sized {
  readonly width: number;
  readonly height: number;
}

const documentSchema = z
  .looseObject({
    id,
    radiograph: radiographSchema,
    thumbnail: thumbnailSchema,
    analysis: analysisSchema,
    acceptedAsFrontal: z.boolean(),
    request: requestSchema,
    masks: z.array(z.looseObject({ id, name: z.string(), mask: z.optional(maskSchema), shown: z.boolean() })),
    history: z.looseObject({ past: z.array(stepSchema), future: z.array(stepSchema) }),
    versions: z.array(versionSchema),
    candidates: z.optional(z.array(setSchema)),
    frontalDoubt: z.optional(z.string()),
    activeMaskId: z.optional(z.string()),
    shownSetId: z.optional(z.string()),
    baseVersionId: z.optional(z.string()),
    shownVersionId: z.optional(z.string()),
  })
  .check(
    z.superRefine(({ radiograph, masks, versions, candidates = [] }, context) => {
      const fits = ({ width, height }: Sized): boolean => width === radiograph.width && height === radiograph.height;
      const wrong = (message: string, ...path: (string | number)[]): void => {
        context.addIssue({ code: 'custom', message, path });
      };
      masks.forEach(({ mask }, index) => {
        if (mask !== undefined && !fits(mask)) wrong('a mask is not the size of the radiograph', 'masks', index);
      });
      const result = ({
        counterfactual,
      }: {
        readonly counterfactual: { readonly image: Sized; readonly mask: Sized };
      }): boolean => fits(counterfactual.image) && fits(counterfactual.mask);
      versions.forEach((version, index) => {
        if (!result(version)) wrong('a version is not the size of the radiograph', 'versions', index);
      });
      candidates.forEach(({ items }, set) => {
        items.forEach((item, index) => {
          if (!result(item)) wrong('a candidate is not the size of the radiograph', 'candidates', set, 'items', index);
        });
      });
      if (soundVersions(versions) !== versions) wrong('the versions are no tree', 'versions', 'order');
    }),
  );

const viewSchema = z.looseObject({
  window: z.looseObject({ windowCenter: z.number(), windowWidth: z.number() }),
  scale: z.number().check(z.positive()),
  translation: z.tuple([z.number(), z.number()]),
  inverted: z.boolean(),
  fitted: z.optional(z.boolean()),
});

const jobSchema = z.looseObject({
  id,
  kind: z.enum(['single', 'candidates', 'search', 'sweep', 'undo']),
  documentId: id,
  baseVersionId: z.optional(z.string()),
  label: z.string(),
  allowUncertain: z.boolean(),
  parts: z.array(
    z.looseObject({
      edit: z.looseObject({
        kind: z.enum(CHANGE_KINDS),
        finding: z.enum(FINDINGS),
        places: z.array(z.enum(PLACES)),
        severity: between(0, MAX_SEVERITY),
        mask: z.optional(maskSchema),
      }),
      sampling: z.looseObject({ seed: count }),
    }),
  ),
  done: count,
});

const projectSchema = z.looseObject({
  format: z.literal(PROJECT_FORMAT),
  version: z.literal(PROJECT_VERSION),
  id,
  name: z.optional(z.string()),
  createdAt: z.iso.datetime(),
  documents: z.array(documentSchema),
  currentId: z.optional(z.string()),
  comparison: z.enum(COMPARISONS),
  comparedId: z.optional(z.string()),
  swipePosition: between(0, 1),
  view: z.optional(viewSchema),
  jobs: z.array(jobSchema),
});

/** What is wrong, each at its place; empty: it is a project. */
export function issuesOf(
  value: unknown,
): readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] {
  const parsed = projectSchema.safeParse(value, IN_WORDS);
  return parsed.success ? [] : parsed.error.issues;
}
