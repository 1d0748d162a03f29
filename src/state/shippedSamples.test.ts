/** The samples as they lie in models/samples: what the list promises is there, small enough, and credited. */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeJpeg } from '../imaging/jpeg';
import { decodePng } from '../imaging/png';
import { parseSamples, smallFile } from './samples';

const FOLDER = 'models/samples';
const bytesOf = (file: string) => new Uint8Array(readFileSync(join(FOLDER, file)));

/** A visitor downloads them all when the studio is kept for offline use. */
const MOST_BYTES = 4_000_000;
/** Narrower than this a real film looks like a synthetic one. */
const FILM_SIDE = 1024;

describe('the shipped samples', () => {
  const samples = parseSamples(JSON.parse(readFileSync(join(FOLDER, 'samples.json'), 'utf8')));
  const films = samples.flatMap((sample) => (sample.kind === 'real' ? [sample] : []));
  const made = samples.filter(({ kind }) => kind === 'synthetic');

  it('begin with real films, of which the first has something to erase', () => {
    expect(samples).toEqual([...films, ...made]);
    expect(samples[0]?.findings).toEqual(['lung_opacity']);
    expect(films.length).toBeGreaterThanOrEqual(6);
    expect(made.length).toBeGreaterThanOrEqual(3);
  });

  it('are what lies in their folder, each with a small picture', () => {
    const there = readdirSync(FOLDER).filter((file) => /\.(?:png|jpg)$/.test(file));
    expect(there.sort()).toEqual(samples.map(({ file }) => file).sort());
    for (const sample of samples) expect(existsSync(join(FOLDER, smallFile(sample))), sample.file).toBe(true);
  });

  it('are light together', () => {
    const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)).toBeLessThan(
      MOST_BYTES,
    );
  });

  it.each(films)('$title is grey and sharp enough, and its credit is in the notice', ({ file, credit, licence }) => {
    const bytes = bytesOf(file);
    const { width, height } = file.endsWith('.png') ? decodePng(bytes, file) : decodeJpeg(bytes, file);
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(FILM_SIDE);
    const notice = readFileSync(join(FOLDER, 'NOTICE.md'), 'utf8').toLowerCase();
    expect(notice).toContain(`\`${file}\``);
    for (const words of [...credit.split(', ').map((part) => part.replace('doi ', '')), licence])
      expect(notice).toContain(words.toLowerCase());
  });
});
