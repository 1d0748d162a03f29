/** What the studio asks of a language model: behind its own server, where that was started with one, or in a file that the user chose. */

import * as z from 'zod/mini';
import { askOpenAi } from '../findings/report/model/openAi';
import type { AskModel } from '../findings/report/model/prompt';

/** Where reports are sent when a user says so. */
export interface ModelEndpoint {
  readonly host: string;
  readonly model?: string | undefined;
}

export interface RemoteModel {
  readonly endpoint: ModelEndpoint;
  readonly ask: AskModel;
}

/** Nothing leaves the page. */
export interface LocalModel {
  readonly file: string;
  readonly ask: AskModel;
}

export type LanguageModel = RemoteModel | LocalModel;

const tellingSchema = z.object({
  endpoint: z.nullable(z.object({ host: z.string().check(z.minLength(1)), model: z.optional(z.string()) })),
});

/**
 * @param base of the studio's own server, ends before /chat/completions
 * @returns undefined where the studio is served without a model, or by another server
 */
export async function offeredModel(base: string, send: typeof fetch = fetch): Promise<RemoteModel | undefined> {
  const response = await send(base).catch(() => undefined);
  // A server that answers every unknown address with the start page offers no model either.
  if (response?.ok !== true || response.headers.get('content-type')?.includes('json') !== true) return undefined;
  const told = tellingSchema.safeParse(await response.json().catch(() => undefined));
  const endpoint = told.data?.endpoint ?? undefined;
  return endpoint === undefined ? undefined : { endpoint, ask: askOpenAi({ base, fetch: send }) };
}
