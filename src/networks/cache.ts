/** Model files kept in the browser, keyed by their hash: a new release never meets an old file under the same name. */

export interface ModelCache {
  /** The stored bytes, or undefined. Never throws. */
  get(sha256: string): Promise<Uint8Array | undefined>;
  /** @throws whatever the browser throws, QuotaExceededError when storage is full */
  put(sha256: string, bytes: Uint8Array): Promise<void>;
  delete(sha256: string): Promise<void>;
}

const CACHE_NAME = 'counterpart-models-v1';

/** Cache API, because it streams to disk, exists in workers and survives restarts. Undefined where the browser has none or denies it. */
export async function openModelCache(
  storage: CacheStorage | undefined = globalThis.caches,
): Promise<ModelCache | undefined> {
  const cache = await openQuietly(storage);
  if (cache === undefined) return undefined;
  // A key needs the form of an address; nothing is ever fetched from it.
  const key = (sha256: string): string => `https://models.counterpart.invalid/${sha256}`;
  return {
    async get(sha256) {
      try {
        const response = await cache.match(key(sha256));
        return response === undefined ? undefined : new Uint8Array(await response.arrayBuffer());
      } catch {
        return undefined;
      }
    },
    async put(sha256, bytes) {
      await cache.put(key(sha256), new Response(bytes as Uint8Array<ArrayBuffer>));
    },
    async delete(sha256) {
      await cache.delete(key(sha256));
    },
  };
}

/** Private windows and blocked storage refuse by throwing. */
async function openQuietly(storage: CacheStorage | undefined): Promise<Cache | undefined> {
  try {
    return await storage?.open(CACHE_NAME);
  } catch {
    return undefined;
  }
}
