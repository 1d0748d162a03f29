/** Fetches the networks that no edit has asked for yet, so that everything works without a server. */

import { openModelCache } from '../../networks/cache';
import { downloadManifest, downloadVerified, type DownloadPorts } from '../../networks/download';
import { NETWORK_NAMES } from '../../networks/manifest';

/** One after another, each checked by its hash. A failure is left for the next visit; the studio itself reports it when it matters. */
export async function keepNetworks(base: string, fetchFile: typeof fetch = (...request) => fetch(...request)): Promise<number> {
  const cache = await openModelCache();
  if (cache === undefined) return 0;
  const ports: DownloadPorts = { fetch: fetchFile, cache };
  let kept = 0;
  try {
    const { networks } = await downloadManifest(base, ports);
    for (const name of NETWORK_NAMES) {
      const { folder, graph, weights, neighbours } = networks[name];
      for (const { file, sha256, bytes } of [graph, weights, ...(neighbours === undefined ? [] : [neighbours])]) {
        await downloadVerified({ url: `${base}models/${folder}/${file}`, name: `${folder}/${file}`, sha256, bytes }, ports);
        kept++;
      }
    }
  } catch {
    return kept;
  }
  return kept;
}
