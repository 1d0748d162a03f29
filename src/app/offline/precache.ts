/** What the service worker keeps of the app, and how it answers. Works on given caches and fetch, so that it can be tested. */

/** A file of the build. `integrity` is absent for the page itself, which the server changes for every answer. */
export interface PrecacheEntry {
  readonly path: string;
  readonly integrity?: string;
}

export interface Precache {
  /** Changes whenever one of the files does. */
  readonly version: string;
  readonly files: readonly PrecacheEntry[];
}

export interface OfflinePorts {
  readonly caches: CacheStorage;
  readonly fetch: (request: Request) => Promise<Response>;
  /** Of the service worker, ends in a slash. */
  readonly scope: string;
}

const PREFIX = 'counterpart-app-';
const PAGE = 'index.html';

export const cacheName = ({ version }: Pick<Precache, 'version'>): string => `${PREFIX}${version}`;

/** Fetches every file past the HTTP cache, checked against its hash; any failure leaves the version before in charge. */
export async function install(precache: Precache, { caches, fetch, scope }: OfflinePorts): Promise<void> {
  const cache = await caches.open(cacheName(precache));
  await Promise.all(
    precache.files.map(async ({ path, integrity }) => {
      const address = new URL(path === PAGE ? '' : path, scope).href;
      const response = await fetch(
        new Request(address, { cache: 'no-cache', ...(integrity === undefined ? {} : { integrity }) }),
      );
      if (!response.ok) throw new Error(`${path} could not be kept: status ${String(response.status)}`);
      await cache.put(new URL(path, scope).href, response);
    }),
  );
}

/** Forgets the versions before. The networks' own store is not the service worker's and stays. */
export async function activate(precache: Precache, { caches }: Pick<OfflinePorts, 'caches'>): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== cacheName(precache)).map((name) => caches.delete(name)),
  );
}

/**
 * The answer from what is kept; undefined: the service worker leaves the request to the browser. What the networks are is kept too: an
 * app that met the manifest of a later release could not read it, and would be loaded from here again whenever the page is.
 */
export function answer(request: Request, precache: Precache, ports: OfflinePorts): Promise<Response> | undefined {
  const path = pathOf(request, ports.scope);
  if (request.method !== 'GET' || path === undefined) return undefined;
  const otherPage = path.endsWith('.html') && path !== PAGE;
  const kept = (request.mode === 'navigate' && !otherPage) || path === '' ? PAGE : path;
  if (!precache.files.some((file) => file.path === kept)) return undefined;
  return fromCacheFirst(request, kept, precache, ports);
}

function pathOf({ url }: Pick<Request, 'url'>, scope: string): string | undefined {
  const { href } = new URL(url);
  return href.startsWith(scope) ? href.slice(scope.length).replace(/[?#].*$/, '') : undefined;
}

async function match(path: string, precache: Precache, { caches, scope }: OfflinePorts): Promise<Response | undefined> {
  return (await caches.open(cacheName(precache))).match(new URL(path, scope).href);
}

async function fromCacheFirst(
  request: Request,
  path: string,
  precache: Precache,
  ports: OfflinePorts,
): Promise<Response> {
  return (await match(path, precache, ports)) ?? ports.fetch(request);
}
