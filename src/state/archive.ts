/** The archive behind the studio's own server, where that was started with one. */

import * as z from 'zod/mini';
import type { Studio } from './studio';

const tellingSchema = z.object({
  archive: z.nullable(z.object({ host: z.string().check(z.minLength(1)) })),
});

/**
 * @param base of the studio's own server, ends before /studies
 * @returns the archive's host; undefined where the studio is served without one, or by another server
 */
export async function offeredArchive(base: string, send: typeof fetch = fetch): Promise<string | undefined> {
  const response = await send(base).catch(() => undefined);
  // A server that answers every unknown address with the start page offers no archive either.
  if (response?.ok !== true || response.headers.get('content-type')?.includes('json') !== true) return undefined;
  return tellingSchema.safeParse(await response.json().catch(() => undefined)).data?.archive?.host;
}

/** From now on the screen offers it. */
export async function lookForArchive({ store, services }: Studio): Promise<void> {
  store.getState().setArchive(await services.archiveOffered());
}
