// @vitest-environment node
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main';
import { itemsOfSwaps } from './swap';

describe('a swap on the command line', () => {
  let [folder, said] = ['', ''];

  beforeEach(() => {
    [folder, said] = [mkdtempSync(join(tmpdir(), 'swap-')), ''];
    for (const name of ['a.png', 'b.png', 'donor.png']) writeFileSync(join(folder, name), '');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const counterpart = (...args: readonly string[]): Promise<number> =>
    main(['swap', ...args, '--out', join(folder, 'out')], {
      root: pathToFileURL(`${folder}/`),
      version: '0.0.0',
      out: () => undefined,
      err: (text) => {
        said += text;
      },
      signal: new AbortController().signal,
    });

  it('is of every film and seed, and of another name where something else is asked of the donor', () => {
    const all = itemsOfSwaps(['a.png', 'b.png'], { film: 'donor.png' }, [1, 2]);
    expect(all.map(({ film, seed }) => [film, seed])).toEqual([
      ['a.png', 1],
      ['a.png', 2],
      ['b.png', 1],
      ['b.png', 2],
    ]);
    const others = [
      ...itemsOfSwaps(['a.png'], { film: 'other.png' }, [1]),
      ...itemsOfSwaps(['a.png'], { film: 'donor.png', only: ['effusion'] }, [1]),
      ...itemsOfSwaps(['a.png'], { film: 'donor.png', keepsOwn: true }, [1]),
    ];
    expect(new Set([...all, ...others].map(({ id }) => id)).size).toBe(7);
    expect(others[1]?.request).toBe('effusion of another film');
  });

  it.each([
    ['a film with itself', ['a.png', '--from', 'a.png'], /a\.png is donor and recipient/],
    ['a donor that is a folder', ['a.png', '--from', '.'], /is no film/],
    [
      'a finding that there is not',
      ['a.png', '--from', 'donor.png', '--findings', 'effusion,flu'],
      /“flu” is no finding/,
    ],
  ])('refuses %s before anything is made', async (_, args, sentence) => {
    const places = args.map((each) => (each.endsWith('.png') || each === '.' ? join(folder, each) : each));
    expect(await counterpart(...places)).toBe(2);
    expect(said).toMatch(sentence);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});
