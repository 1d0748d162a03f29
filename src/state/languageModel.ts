/** What the studio asks of a language model: only behind its own server, and only where that was started with one. */

import * as z from 'zod/mini';
import { askOpenAi } from '../findings/report/model/openAi';
import type { AskModel } from '../findings/report/model/prompt';

/** Where reports are sent when a user says so. */
export interface ModelEndpoint {
  readonly host: string;
  readonly model?: string | undefined;
}

export interface LanguageModel {
  readonly endpoint: ModelEndpoint;
  readonly ask: AskModel;
}

const tellingSchema = z.object({
  endpoint: z.nullable(z.object({ host: z.string().check(z.minLength(1)), model: z.optional(z.string()) })),
});

/**
 * @param base of the studio's own server, ends before /chat/completions
 * @returns undefined where the studio is served without a model, or by another server
 */
export async function offeredModel(base: string, send: typeof fetch = fetch): Promise<LanguageModel | undefined> {
  const response = await send(base).catch(() => undefined);
  // A server that answers every unknown address with the start page offers no model either.
  if (response?.ok !== true || response.headers.get('content-type')?.includes('json') !== true) return undefined;
  const told = tellingSchema.safeParse(await response.json().catch(() => undefined));
  const endpoint = told.data?.endpoint ?? undefined;
  return endpoint === undefined ? undefined : { endpoint, ask: askOpenAi({ base, fetch: send }) };
}
