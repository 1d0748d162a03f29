import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FINDINGS } from '../findings/vocabulary';
import { parseManifest } from './manifest';

type Json = Readonly<Record<string, unknown>>;
const shipped = JSON.parse(readFileSync(join(process.cwd(), 'models/manifest.json'), 'utf8')) as Json;
const saying = (places: unknown): Json => ({ ...shipped, sampling: { ...(shipped['sampling'] as Json), places } });

describe('a manifest', () => {
  it('names the findings whose places the denoiser has learnt, as this release and as 0.16.0 wrote them', () => {
    expect(parseManifest(saying(['effusion', 'mass'])).sampling.places).toEqual(['effusion', 'mass']);
    expect(parseManifest(saying(false)).sampling.places).toEqual([]);
    expect(parseManifest(saying(true)).sampling.places).toEqual(FINDINGS);
    expect(() => parseManifest(saying(['hernea']))).toThrow(/sampling.places/);
  });
});
