import { describe, expect, it } from 'vitest';
import { namedFrame } from './frame-name';

describe('the name of a film', () => {
  it.each([
    ['ward/film.dcm#2', 'ward/film.dcm', 2],
    ['film#1#12', 'film#1', 12],
    ['film.dcm', 'film.dcm', undefined],
    ['film#2.png', 'film#2.png', undefined],
    ['film.dcm#', 'film.dcm#', undefined],
    ['film.dcm#two', 'film.dcm#two', undefined],
    ['#2', '#2', undefined],
  ])('may name a frame of a file: %s', (film, file, frame) => {
    expect(namedFrame(film)).toEqual({ file, frame });
  });
});
