/** Fetches the networks that no edit has asked for yet, so that everything works without a server. */

import { openModelCache } from '../../networks/cache';
import { downloadVerified, type RemoteFile } from '../../networks/download';

/** One after another, each checked by its hash. A failure is left for the next visit; the studio itself reports it when it matters. */
export async function keepNetworks(files: readonly RemoteFile[]): Promise<void> {
  const cache = await openModelCache();
  if (cache === undefined) return;
  try {
    for (const file of files) await downloadVerified(file, { fetch: (...request) => fetch(...request), cache });
  } catch {
    return;
  }
}
