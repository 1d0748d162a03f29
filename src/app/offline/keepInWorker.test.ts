import { readFile, stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { NETWORK_NAMES, parseManifest } from '../../networks/manifest';
import { networkFiles } from './keepInWorker';

describe('what is kept for later', () => {
  it('is every file of the shipped networks, as large as the manifest says', async () => {
    const files = networkFiles('./', parseManifest(JSON.parse(await readFile('models/manifest.json', 'utf8'))));
    const expected = NETWORK_NAMES.flatMap((name) => [`${name}/graph.json`, `${name}/weights.safetensors`]);
    expect(files.map(({ name }) => name).sort()).toEqual([...expected, 'second-reader/neighbours.safetensors'].sort());
    for (const { url, bytes } of files) expect((await stat(url)).size, url).toBe(bytes);
  });
});
