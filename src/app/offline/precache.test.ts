import { beforeEach, describe, expect, it, vi } from 'vitest';
import { activate, answer, cacheName, install, type OfflinePorts, type Precache } from './precache';

const SCOPE = 'https://studio.example/';
const PRECACHE: Precache = {
  version: 'two',
  files: [
    { path: 'assets/main.js', integrity: 'sha256-x' },
    { path: 'index.html' },
    { path: 'models/manifest.json', integrity: 'sha256-y' },
  ],
};

/** As much of the Cache API as is used. */
function fakeCaches(): CacheStorage {
  const all = new Map<string, Map<string, Response>>();
  return {
    open: (name: string) => {
      const entries = all.get(name) ?? new Map<string, Response>();
      all.set(name, entries);
      return Promise.resolve({
        put: (key: string, response: Response) => Promise.resolve(void entries.set(key, response)),
        match: (key: string) => Promise.resolve(entries.get(key)?.clone()),
      });
    },
    keys: () => Promise.resolve([...all.keys()]),
    delete: (name: string) => Promise.resolve(all.delete(name)),
  } as unknown as CacheStorage;
}

function request(path: string, init: { method?: string; mode?: string } = {}): Request {
  // Node's Request refuses the mode of a navigation.
  return { url: new URL(path, SCOPE).href, method: 'GET', mode: 'cors', ...init } as Request;
}

describe('keeping the app', () => {
  let online = true;
  let ports: OfflinePorts;
  const fetched = vi.fn<(each: Request) => Promise<Response>>();
  const said = async (path: string, init = {}) => (await answer(request(path, init), PRECACHE, ports))?.text();

  beforeEach(async () => {
    online = true;
    fetched.mockImplementation((each) =>
      online ? Promise.resolve(new Response(`server ${each.url}`)) : Promise.reject(new TypeError('offline')),
    );
    ports = { caches: fakeCaches(), fetch: fetched, scope: SCOPE };
    await install(PRECACHE, ports);
    fetched.mockClear();
  });

  it('answers from what is kept, also where the address is a page’s', async () => {
    online = false;
    expect(await said('assets/main.js')).toBe(`server ${SCOPE}assets/main.js`);
    expect(await said('', { mode: 'navigate' })).toBe(`server ${SCOPE}`);
    expect(await said('?source=installed', { mode: 'navigate' })).toBe(`server ${SCOPE}`);
    expect(fetched).not.toHaveBeenCalled();
  });

  it('keeps the app with the manifest of its own release, whatever the server has by now', async () => {
    fetched.mockImplementation(() => Promise.resolve(new Response('of a later release')));
    expect(await said('models/manifest.json')).toBe(`server ${SCOPE}models/manifest.json`);
    expect(fetched).not.toHaveBeenCalled();
  });

  it('leaves the benchmark’s page to the server', async () => {
    expect(await said('bench.html', { mode: 'navigate' })).toBeUndefined();
    expect(fetched).not.toHaveBeenCalled();
  });

  it('leaves alone what is not kept, what is not asked for, and what is elsewhere', () => {
    for (const each of [
      request('models/reader/weights.safetensors'),
      request('assets/main.js', { method: 'POST' }),
      request('https://elsewhere.example/assets/main.js'),
    ]) {
      expect(answer(each, PRECACHE, ports)).toBeUndefined();
    }
  });

  it('fails to install, and so leaves the version before in charge, when one file is missing', async () => {
    const missing = { ...ports, fetch: () => Promise.resolve(new Response('', { status: 404 })) };
    await expect(install(PRECACHE, missing)).rejects.toThrow(/could not be kept: status 404/);
  });

  it('forgets versions before, and nothing of others', async () => {
    await ports.caches.open('counterpart-app-one');
    await ports.caches.open('counterpart-models-v1');
    await activate(PRECACHE, ports);
    expect(await ports.caches.keys()).toEqual([cacheName(PRECACHE), 'counterpart-models-v1']);
  });
});
