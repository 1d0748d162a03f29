/** Keeps the networks from a worker of its own: hashing and storing tens of megabytes would hold the page up. */

import type { RemoteFile } from '../../networks/download';
import { downloadManifest } from '../../networks/downloadManifest';
import { NETWORK_NAMES, type Manifest } from '../../networks/manifest';

/** Every file of the networks that a visitor may need. */
export function networkFiles(base: string, { networks }: Pick<Manifest, 'networks'>): readonly RemoteFile[] {
  return NETWORK_NAMES.flatMap((name) => {
    const { folder, graph, weights, neighbours } = networks[name];
    return [graph, weights, ...(neighbours === undefined ? [] : [neighbours])].map(({ file, sha256, bytes }) => ({
      url: `${base}models/${folder}/${file}`,
      name: `${folder}/${file}`,
      sha256,
      bytes,
    }));
  });
}

/**
 * Without a manifest there is nothing to keep; the studio itself reports it when it matters.
 * @param base address of the studio, ends in a slash
 */
export async function keepInWorker(base: string): Promise<void> {
  const manifest = await downloadManifest(base, { fetch: (...request) => fetch(...request), cache: undefined }).catch(
    () => undefined,
  );
  if (manifest === undefined) return;
  const worker = new Worker(new URL('./keepMain.ts', import.meta.url), { type: 'module', name: 'counterpart-keep' });
  worker.postMessage(networkFiles(base, manifest));
}
