import { describe, expect, it } from 'vitest';
import { openSuite, type NetworkSuite } from './suite';
import { fakeExecutor, fakeFetch, fakeRelease, memoryCache } from './testing/fakes';

async function open(): Promise<{
  suite: NetworkSuite;
  fetch: ReturnType<typeof fakeFetch>;
  executor: ReturnType<typeof fakeExecutor>;
  progress: (readonly [number, number])[];
  files: Map<string, Uint8Array>;
}> {
  const { manifest, files } = await fakeRelease();
  const fetch = fakeFetch(files);
  const executor = fakeExecutor();
  const progress: (readonly [number, number])[] = [];
  const suite = openSuite({
    executor,
    manifest,
    baseUrl: 'https://test/',
    ports: { fetch, cache: memoryCache() },
    onProgress: (loaded, total) => progress.push([loaded, total]),
  });
  return { suite, fetch, executor, progress, files };
}

describe('network suite', () => {
  it('fetches only what is asked for, once', async () => {
    const { suite, fetch, executor } = await open();
    await Promise.all([suite.reader(), suite.reader()]);
    expect(executor.loaded).toEqual(['reader']);
    expect(fetch.requests).toEqual([
      'https://test/models/reader/graph.json',
      'https://test/models/reader/weights.safetensors',
    ]);
  });

  it('warms up everything, what reads the image first', async () => {
    const { suite, executor } = await open();
    await suite.warm();
    expect(executor.loaded).toEqual([
      'anatomist',
      'reader',
      'encoder',
      'decoder',
      'healthy-twin',
      'denoiser',
      'second-reader',
    ]);
  });

  it('counts bytes up to the total', async () => {
    const { suite, progress } = await open();
    await suite.anatomist();
    const last = progress.at(-1);
    expect(last?.[0]).toBe(last?.[1]);
    expect(progress.length).toBeGreaterThanOrEqual(2);
  });

  it('tries again after a failure', async () => {
    const { suite, files } = await open();
    const url = 'https://test/models/encoder/graph.json';
    const graph = files.get(url);
    files.delete(url);
    await expect(suite.encoder()).rejects.toMatchObject({ code: 'weights-missing' });
    files.set(url, graph!);
    await expect(suite.encoder()).resolves.toBeDefined();
  });

  it('frees every network', async () => {
    const { suite, executor } = await open();
    await suite.warm();
    suite.dispose();
    await Promise.resolve();
    await Promise.resolve();
    expect(executor.disposed).toHaveLength(7);
  });

  it('names versions for recipes', async () => {
    const { suite } = await open();
    expect(suite.versions()['denoiser']).toMatch(/^0\.1\.0\+[0-9a-f]{8}$/);
  });
});
