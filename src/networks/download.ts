/** Model files: from the browser's store or the server, never used before their hash is what the manifest says. */

import { sha256Hex } from '../imaging/digest';
import type { CounterpartError } from '../errors';
import type { ModelCache } from './cache';
import {
  DownloadFailedError,
  InsecureContextError,
  OfflineError,
  StorageQuotaError,
  WeightsCorruptError,
  WeightsMissingError,
} from './errors';

export interface DownloadPorts {
  readonly fetch: typeof globalThis.fetch;
  readonly cache: ModelCache | undefined;
  /** Something worth telling that stops nothing. */
  readonly onWarning?: (warning: CounterpartError) => void;
}

export interface RemoteFile {
  readonly url: string;
  /** As the user should see it: "denoiser/weights.safetensors". */
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Bytes of a file whose hash is verified. A damaged stored copy is replaced; a damaged download is tried once more past
 * the browser's HTTP cache.
 * @param onBytes newly arrived bytes; sums to `file.bytes`
 * @throws WeightsMissingError, WeightsCorruptError, OfflineError, DownloadFailedError, InsecureContextError
 */
export async function downloadVerified(
  file: RemoteFile,
  ports: DownloadPorts,
  onBytes: (count: number) => void = () => undefined,
): Promise<Uint8Array> {
  if ((globalThis.crypto as Crypto | undefined)?.subtle === undefined) throw new InsecureContextError();
  const stored = await ports.cache?.get(file.sha256);
  if (stored !== undefined) {
    if ((await sha256Hex(stored)) === file.sha256) {
      onBytes(file.bytes);
      return stored;
    }
    await ports.cache?.delete(file.sha256);
  }
  let reported = 0;
  const report = (total: number): void => {
    const most = Math.min(total, file.bytes);
    if (most > reported) onBytes(most - reported);
    reported = Math.max(reported, most);
  };
  let bytes = await download(file, ports, 'default', report);
  let actual = await sha256Hex(bytes);
  if (actual !== file.sha256) {
    bytes = await download(file, ports, 'reload', report);
    actual = await sha256Hex(bytes);
  }
  if (actual !== file.sha256) throw new WeightsCorruptError(file.name, file.sha256, actual);
  report(file.bytes);
  await keep(file, bytes, ports);
  return bytes;
}

async function download(
  file: RemoteFile,
  ports: DownloadPorts,
  cache: RequestCache,
  onTotal: (total: number) => void,
): Promise<Uint8Array> {
  const response = await request(file.url, file.name, ports, cache);
  try {
    return await readBody(response, onTotal);
  } catch (cause) {
    throw new OfflineError(file.name, { cause });
  }
}

/** @throws WeightsMissingError, OfflineError, DownloadFailedError */
export async function request(url: string, name: string, ports: DownloadPorts, cache: RequestCache): Promise<Response> {
  let response: Response;
  try {
    response = await ports.fetch(url, { cache });
  } catch (cause) {
    throw new OfflineError(name, { cause });
  }
  // Servers of single-page applications answer a missing file with the page itself.
  const page = response.headers.get('content-type')?.startsWith('text/html') === true;
  if (response.status === 404 || (response.ok && page)) throw new WeightsMissingError(name);
  if (!response.ok) throw new DownloadFailedError(name, response.status);
  return response;
}

async function readBody(response: Response, onTotal: (total: number) => void): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array(await response.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let total = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    total += part.value.length;
    onTotal(total);
  }
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** A browser that cannot store the file can still use it. */
async function keep(file: RemoteFile, bytes: Uint8Array, ports: DownloadPorts): Promise<void> {
  try {
    await ports.cache?.put(file.sha256, bytes);
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'QuotaExceededError')
      ports.onWarning?.(new StorageQuotaError(file.name, { cause }));
  }
}
