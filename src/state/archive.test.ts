import { describe, expect, it } from 'vitest';
import { lookForArchive, offeredArchive } from './archive';
import { fakeStudio } from './testing/fakes';

const answering =
  (body: string, type: string, status = 200) =>
  () =>
    Promise.resolve(new Response(body, { status, headers: { 'content-type': type } }));

describe('the archive that a server offers', () => {
  it('is called by its host', async () => {
    const told = answering('{"archive":{"host":"pacs.example:8042"}}', 'application/json');
    expect(await offeredArchive('/pacs', told)).toBe('pacs.example:8042');
  });

  it.each([
    ['has none', answering('{"archive":null}', 'application/json')],
    ['answers every address with its start page', answering('<html>', 'text/html')],
    ['does not know the address', answering('{}', 'application/json', 404)],
    ['says something else', answering('[1]', 'application/json')],
    ['is gone', () => Promise.reject(new TypeError('fetch failed'))],
  ])('is none where the server %s', async (_, send) => {
    expect(await offeredArchive('/pacs', send)).toBeUndefined();
  });

  it('is on the screen once it is known', async () => {
    const studio = fakeStudio({ archiveOffered: () => Promise.resolve('pacs.example') });
    await lookForArchive(studio);
    expect(studio.store.getState().archive).toBe('pacs.example');
  });
});
