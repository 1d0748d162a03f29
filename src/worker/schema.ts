/** Requests as they arrive: checked before anything is computed. Mirrors the types in messages.ts. */

import { z } from 'zod';
import { recipeSchema } from '../counterfactual/recipe';
import { GRID_CELLS } from '../findings/regions';
import { FINDINGS, MAX_SEVERITY, PLACES } from '../findings/vocabulary';
import { maskSchema, radiographSchema } from '../imaging/schema';
import { MessageInvalidError } from './errors';
import type { Request } from './messages';

const id = z.number().int().nonnegative();

const severitiesSchema = z.partialRecord(z.enum(PLACES), z.number().min(0).max(MAX_SEVERITY));

const editSchema = z.object({
  kind: z.enum(['add', 'remove', 'grade']),
  finding: z.enum(FINDINGS),
  places: z.array(z.enum(PLACES)),
  severity: z.number().min(0).max(MAX_SEVERITY),
  severities: severitiesSchema.exactOptional(),
  further: z.array(z.object({ finding: z.enum(FINDINGS), severities: severitiesSchema })).exactOptional(),
  mask: maskSchema.exactOptional(),
});

const samplingSchema = z.object({
  seed: z.number().int().nonnegative(),
  steps: z.number().int().min(4).max(50),
  sampler: z.enum(['twin-flow', 'inpaint', 'auto']),
  guidance: z.number().min(0).max(20),
  maxTime: z.number().gt(0).max(1),
  noise: z.object({ rho: z.number().gt(0).max(1), path: z.array(z.number().int().positive()) }).exactOptional(),
});

const searchSchema = z.object({
  rounds: z.number().int().min(1).max(64),
  candidates: z.number().int().min(1).max(64),
  rho: z.number().gt(0).max(1),
  beta: z.number().min(0),
  gamma: z.number().min(0),
});

const cellMap = z.instanceof(Float32Array).refine(({ length }) => length === GRID_CELLS, { error: 'not 32 x 32 values' });

const request = { radiograph: radiographSchema, edit: editSchema, sampling: samplingSchema };

/** What is asked of a radiograph, with a mask of its size. */
function masked<Shape extends typeof request & z.ZodRawShape>(shape: Shape) {
  return z.object(shape).refine(
    (message) => {
      const { radiograph, edit } = message as unknown as z.infer<z.ZodObject<typeof request>>;
      return edit.mask === undefined || (edit.mask.width === radiograph.width && edit.mask.height === radiograph.height);
    },
    { error: 'the mask is not the size of the radiograph', path: ['edit', 'mask'] },
  );
}

const requestSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    id,
    prefer: z.enum(['webgpu', 'wasm', 'auto']),
    baseUrl: z.string().endsWith('/'),
  }),
  z.object({ type: z.literal('analyse'), id, radiograph: radiographSchema }),
  masked({ type: z.literal('generate'), id, ...request, allowUncertain: z.boolean().exactOptional() }),
  masked({
    type: z.literal('search'),
    id,
    ...request,
    search: searchSchema,
    accepted: z.array(cellMap),
    allowUncertain: z.boolean().exactOptional(),
  }),
  z.object({
    type: z.literal('reverse'),
    id,
    radiograph: radiographSchema,
    edit: editSchema,
    result: radiographSchema,
    recipe: recipeSchema.pick({ sampling: true, search: true }),
  }),
  z.object({ type: z.literal('wish'), id, wish: z.enum(['pause', 'resume', 'finish']) }),
  z.object({ type: z.literal('visibility'), id, hidden: z.boolean() }),
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
