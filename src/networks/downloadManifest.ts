/** The list of a release's networks. Apart from the files, which are fetched where its schema is not needed. */

import { request, type DownloadPorts } from './download';
import { ManifestInvalidError } from './errors';
import { parseManifest, type Manifest } from './manifest';

/**
 * The manifest of the release under `baseUrl` (which ends in a slash), always asked of the server first.
 * @throws ManifestInvalidError, WeightsMissingError, OfflineError, DownloadFailedError
 */
export async function downloadManifest(baseUrl: string, ports: DownloadPorts): Promise<Manifest> {
  const response = await request(`${baseUrl}models/manifest.json`, 'manifest.json', ports, 'no-cache');
  let json: unknown;
  try {
    json = await response.json();
  } catch (cause) {
    throw new ManifestInvalidError('it is not JSON', { cause });
  }
  return parseManifest(json);
}
