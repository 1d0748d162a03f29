/**
 * Projects as they come back from storage or a file, checked where a wrong value would break the studio. Fields that are not
 * named here pass as they are: what arrives has been compared with its checksum, so it is what a studio wrote.
 */

import * as z from 'zod/mini';
import { recipeSchema } from '../../counterfactual/recipe';
import { FINDINGS, MAX_SEVERITY, PLACES } from '../../findings/vocabulary';
import { IN_WORDS } from '../../schemas/issues';
import { between, count, positiveCount } from '../../schemas/numbers';
import { maskSchema, radiographSchema } from '../../imaging/schema';
import { PROJECT_FORMAT, PROJECT_VERSION, type ProjectSnapshot } from './snapshot';

const id = z.string().check(z.minLength(1));

const thumbnailSchema = z
  .looseObject({ width: positiveCount, height: positiveCount, data: z.instanceof(Uint8ClampedArray) })
  .check(z.refine(({ data, width, height }) => data.length === 4 * width * height, { error: 'is not of its size', path: ['data'] }));

const readingSchema = z.looseObject({
  findings: z.partialRecord(z.enum(FINDINGS), z.number()),
  zoneSeverity: z.array(z.number()),
  opacityMap: z.instanceof(Float32Array),
});

const analysisSchema = z.discriminatedUnion('status', [
  z.looseObject({ status: z.literal('waiting') }),
  z.looseObject({
    status: z.literal('ready'),
    analysis: z.looseObject({ reading: readingSchema, zones: z.record(z.string(), z.instanceof(Float32Array)), frontalChest: z.number() }),
  }),
]);

const requestSchema = z.looseObject({
  kind: z.enum(['add', 'remove', 'grade']),
  finding: z.enum(FINDINGS),
  places: z.array(z.enum(PLACES)),
  severity: between(0, MAX_SEVERITY),
  further: z.optional(z.array(z.looseObject({ finding: z.enum(FINDINGS), severities: z.partialRecord(z.enum(PLACES), between(0, MAX_SEVERITY)) }))),
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

const versionSchema = z.looseObject({
  id,
  parentId: z.optional(id),
  counterfactual: z.looseObject({
    image: radiographSchema,
    recipe: z.looseObject(recipeSchema.shape),
    mask: maskSchema,
    before: readingSchema,
    after: readingSchema,
    changedPixels: count,
    milliseconds: z.number(),
  }),
  thumbnail: thumbnailSchema,
  label: z.string(),
  name: z.optional(z.string()),
  pinned: z.boolean(),
  changedOutside: count,
  analysis: analysisSchema,
});

const stepSchema = z.looseObject({ kind: z.enum(['mask', 'request', 'tree']), label: z.string(), delta: z.looseObject({}) });

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
    candidates: z.optional(z.array(z.looseObject({ id, items: z.array(versionSchema) }))),
  })
  .check(
    z.superRefine(({ radiograph, masks, versions }, context) => {
      const fits = ({ width, height }: Sized): boolean => width === radiograph.width && height === radiograph.height;
      if (masks.some(({ mask }) => mask !== undefined && !fits(mask))) {
        context.addIssue({ code: 'custom', message: 'a mask is not the size of the radiograph', path: ['masks'] });
      }
      const before = new Set<string>();
      for (const { id: each, parentId, counterfactual } of versions) {
        if (!fits(counterfactual.image) || !fits(counterfactual.mask)) {
          context.addIssue({ code: 'custom', message: 'a version is not the size of the radiograph', path: ['versions'] });
        }
        if (before.has(each) || (parentId !== undefined && !before.has(parentId))) {
          context.addIssue({ code: 'custom', message: 'the versions are no tree', path: ['versions'] });
        }
        before.add(each);
      }
    }),
  );

const projectSchema = z.looseObject({
  format: z.literal(PROJECT_FORMAT),
  version: z.literal(PROJECT_VERSION),
  id,
  name: z.optional(z.string()),
  createdAt: z.iso.datetime(),
  documents: z.array(documentSchema),
  currentId: z.optional(z.string()),
  swipePosition: between(0, 1),
  jobs: z.array(z.looseObject({ id, kind: z.string(), documentId: id, label: z.string(), parts: z.array(z.looseObject({})), done: z.int() })),
});

/** @returns the project, or what is wrong with it in a few words */
export function checkProject(value: unknown): { readonly project: ProjectSnapshot } | { readonly wrong: string } {
  const parsed = projectSchema.safeParse(value, IN_WORDS);
  // The schema names what can break the studio; the rest of the type is what the same code wrote.
  if (parsed.success) return { project: parsed.data as unknown as ProjectSnapshot };
  const issue = parsed.error.issues[0];
  return { wrong: `${issue?.path.join('.') ?? 'it'}: ${issue?.message ?? 'not as expected'}` };
}
