/** Requests as they arrive: checked before anything is computed. Mirrors the types in messages.ts. */

import * as z from 'zod/mini';
import { SETTINGS } from '../counterfactual/edit';
import { editSchema } from '../counterfactual/editSchema';
import { recipeSchema } from '../counterfactual/recipe';
import { GRID_CELLS } from '../findings/regions';
import { IN_WORDS } from '../schemas/issues';
import { between, count, positiveCount, share, wholeBetween } from '../schemas/numbers';
import { maskSchema, radiographSchema } from '../imaging/schema';
import { MessageInvalidError } from './errors';
import type { Request } from './messages';

const id = count;

const maskedEditSchema = editSchema({ mask: z.exactOptional(maskSchema) });

const samplingSchema = z.object({
  seed: count,
  steps: wholeBetween(4, 50),
  sampler: z.enum(['twin-flow', 'inpaint', 'sketch', 'auto']),
  guidance: between(0, 20),
  maxTime: share,
  chosen: z.exactOptional(z.array(z.enum(SETTINGS))),
  noise: z.exactOptional(z.object({ rho: share, path: z.array(positiveCount) })),
});

const searchSchema = z.object({
  rounds: wholeBetween(1, 64),
  candidates: wholeBetween(1, 64),
  rho: share,
  beta: z.number().check(z.nonnegative()),
  gamma: z.number().check(z.nonnegative()),
});

const cellMap = z
  .instanceof(Float32Array)
  .check(z.refine(({ length }) => length === GRID_CELLS, { error: 'not 32 x 32 values' }));

const request = { radiograph: radiographSchema, edit: maskedEditSchema, sampling: samplingSchema };

/** What is asked of a radiograph, with a mask of its size. */
function masked<Shape extends typeof request & z.core.$ZodShape>(shape: Shape) {
  return z.object(shape).check(
    z.refine(
      (message) => {
        const { radiograph, edit } = message as unknown as z.infer<z.ZodMiniObject<typeof request>>;
        return (
          edit.mask === undefined || (edit.mask.width === radiograph.width && edit.mask.height === radiograph.height)
        );
      },
      { error: 'the mask is not the size of the radiograph', path: ['edit', 'mask'] },
    ),
  );
}

const requestSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    id,
    prefer: z.enum(['webgpu', 'wasm', 'auto']),
    baseUrl: z.string().check(z.endsWith('/')),
  }),
  z.object({ type: z.literal('analyse'), id, radiograph: radiographSchema }),
  masked({ type: z.literal('generate'), id, ...request, allowUncertain: z.exactOptional(z.boolean()) }),
  masked({
    type: z.literal('search'),
    id,
    ...request,
    search: searchSchema,
    accepted: z.array(cellMap),
    allowUncertain: z.exactOptional(z.boolean()),
  }),
  z.object({
    type: z.literal('reverse'),
    id,
    radiograph: radiographSchema,
    edit: maskedEditSchema,
    result: radiographSchema,
    recipe: z.pick(recipeSchema, { sampling: true, search: true }),
  }),
  z.object({ type: z.literal('pathology'), id, radiograph: radiographSchema, healthy: radiographSchema }),
  z.object({ type: z.literal('wish'), id, wish: z.enum(['pause', 'resume', 'finish']) }),
  z.object({ type: z.literal('visibility'), id, hidden: z.boolean() }),
  z.object({ type: z.literal('cancel'), id }),
]);

/** @throws MessageInvalidError naming the first field that is wrong */
export function parseRequest(message: unknown): Request {
  const parsed = requestSchema.safeParse(message, IN_WORDS);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? 'the whole' : issue.path.join('.');
  throw new MessageInvalidError(where, issue?.message ?? 'not as expected');
}
