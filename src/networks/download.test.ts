import { describe, expect, it, vi } from 'vitest';
import { downloadVerified, type RemoteFile } from './download';
import { downloadManifest } from './downloadManifest';
import { fakeFetch, fakeRelease, memoryCache, type FakeRelease } from './testing/fakes';
import type { CounterpartError } from '../errors';

const URL = 'https://test/models/reader/weights.safetensors';

function readerWeights({ manifest }: FakeRelease): RemoteFile {
  const { sha256, bytes } = manifest.networks.reader.weights;
  return { url: URL, name: 'reader/weights.safetensors', sha256, bytes };
}

describe('downloadVerified', () => {
  it('fetches once, then serves from the cache', async () => {
    const release = await fakeRelease();
    const fetch = fakeFetch(release.files);
    const cache = memoryCache();
    const file = readerWeights(release);
    const first = await downloadVerified(file, { fetch, cache });
    const second = await downloadVerified(file, { fetch, cache });
    expect(second).toEqual(first);
    expect(fetch.requests).toEqual([URL]);
  });

  it('reports every byte exactly once, from the server and from the cache', async () => {
    const release = await fakeRelease();
    const cache = memoryCache();
    const file = readerWeights(release);
    for (const origin of ['server', 'cache']) {
      let sum = 0;
      await downloadVerified(file, { fetch: fakeFetch(release.files), cache }, (count) => (sum += count));
      expect([origin, sum]).toEqual([origin, file.bytes]);
    }
  });

  it('replaces a damaged stored copy', async () => {
    const release = await fakeRelease();
    const cache = memoryCache();
    const file = readerWeights(release);
    cache.stored.set(file.sha256, new Uint8Array([1, 2, 3]));
    const bytes = await downloadVerified(file, { fetch: fakeFetch(release.files), cache });
    expect(cache.stored.get(file.sha256)).toEqual(bytes);
    expect(bytes.length).toBe(file.bytes);
  });

  it('names the file and both hashes when the server’s copy is damaged, after trying past the HTTP cache', async () => {
    const release = await fakeRelease();
    const file = readerWeights(release);
    const fetch = fakeFetch(new Map(release.files).set(URL, new Uint8Array(file.bytes)));
    const failure = downloadVerified(file, { fetch, cache: memoryCache() });
    await expect(failure).rejects.toMatchObject({
      code: 'weights-corrupt',
      message: expect.stringContaining(`says ${file.sha256.slice(0, 8)}`) as string,
    });
    await expect(failure).rejects.toThrow('reader/weights.safetensors');
    expect(fetch.requests).toHaveLength(2);
  });

  it('tells a missing file, a page in its place, a failing server and no server apart', async () => {
    const file = readerWeights(await fakeRelease());
    const answer =
      (response: Response): typeof fetch =>
      () =>
        Promise.resolve(response);
    const download = (fetch: typeof globalThis.fetch): Promise<Uint8Array> =>
      downloadVerified(file, { fetch, cache: undefined });
    await expect(download(answer(new Response('', { status: 404 })))).rejects.toMatchObject({
      code: 'weights-missing',
    });
    await expect(
      download(answer(new Response('<html>', { headers: { 'content-type': 'text/html' } }))),
    ).rejects.toMatchObject({ code: 'weights-missing' });
    await expect(download(answer(new Response('', { status: 503 })))).rejects.toMatchObject({
      code: 'download-failed',
    });
    await expect(download(() => Promise.reject(new TypeError('fetch failed')))).rejects.toMatchObject({
      code: 'offline',
    });
  });

  it('works on and warns when the browser’s storage is full', async () => {
    const release = await fakeRelease();
    const warnings: CounterpartError[] = [];
    const cache = { ...memoryCache(), put: () => Promise.reject(new DOMException('full', 'QuotaExceededError')) };
    const bytes = await downloadVerified(readerWeights(release), {
      fetch: fakeFetch(release.files),
      cache,
      onWarning: (warning) => warnings.push(warning),
    });
    expect(bytes.length).toBeGreaterThan(0);
    expect(warnings.map((warning) => warning.code)).toEqual(['storage-quota']);
  });

  it('says so where the browser has no cryptography', async () => {
    const release = await fakeRelease();
    vi.stubGlobal('crypto', {});
    await expect(
      downloadVerified(readerWeights(release), { fetch: fakeFetch(release.files), cache: undefined }),
    ).rejects.toMatchObject({ code: 'insecure-context' });
    vi.unstubAllGlobals();
  });
});

describe('downloadManifest', () => {
  it('reads a release', async () => {
    const { files } = await fakeRelease();
    expect((await downloadManifest('https://test/', { fetch: fakeFetch(files), cache: undefined })).release).toBe(
      '0.1.0',
    );
  });

  it.each([
    ['no JSON', () => 'oops', 'not JSON'],
    ['another format', (json: Record<string, unknown>) => JSON.stringify({ ...json, format: 'x' }), 'format'],
    [
      'a missing network',
      (json: Record<string, unknown>) => JSON.stringify({ ...json, networks: {} }),
      'networks.encoder',
    ],
    [
      'a file outside its folder',
      (json: Record<string, unknown>) => JSON.stringify(json).replace('graph.json', '../graph.json'),
      'networks.encoder.graph.file',
    ],
  ])('refuses %s by name', async (_, make, reason) => {
    const { files, manifestJson } = await fakeRelease();
    files.set('https://test/models/manifest.json', new TextEncoder().encode(make(manifestJson)));
    const failure = downloadManifest('https://test/', { fetch: fakeFetch(files), cache: undefined });
    await expect(failure).rejects.toMatchObject({
      code: 'manifest-invalid',
      message: expect.stringContaining(reason) as string,
    });
  });
});
