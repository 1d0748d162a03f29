import { describe, expect, it } from 'vitest';
import { emptyMask, encodeMaskPng, featherMask, paintDisc } from './mask';
import { mayBeMask } from './mask-sniff';

const size = { width: 72, height: 80 };
const disc = () => paintDisc(emptyMask(size.width, size.height), 30, 30, 12, 255);

describe('telling a mask from a radiograph', () => {
  it('takes black and white of the same size for a mask, soft rim or not', () => {
    expect(mayBeMask(encodeMaskPng(disc()), 'mask.png', size)).toBe(true);
    expect(mayBeMask(encodeMaskPng(featherMask(disc(), 2)), 'mask.png', size)).toBe(true);
  });

  it('takes nothing of another size for one', () => {
    expect(mayBeMask(encodeMaskPng(disc()), 'mask.png', { width: 80, height: 72 })).toBe(false);
  });

  it('takes no picture of many greys for one, and no plain one', () => {
    const film = emptyMask(size.width, size.height);
    for (let i = 0; i < film.data.length; i++) film.data[i] = i % 256;
    expect(mayBeMask(encodeMaskPng(film), 'chest.png', size)).toBe(false);
    expect(mayBeMask(encodeMaskPng(emptyMask(72, 80)), 'black.png', size)).toBe(false);
  });

  it('takes no other file for one', () => {
    expect(mayBeMask(new TextEncoder().encode('a letter'), 'letter.png', size)).toBe(false);
  });
});
