import { describe, expect, it } from 'vitest';
import { boxesIn, isMeant } from './boxes';

const HEAD = 'file,x,y,width,height\n';
const meant = (file: string, source: string): boolean =>
  isMeant({ file, box: { x: 0, y: 0, width: 1, height: 1 } }, source);

describe('a table of boxes', () => {
  it('has one box a row', () => {
    expect(boxesIn(`${HEAD}a.dcm,0,5,100,20\n*.dcm,7,0,1,1\n`, 'boxes.csv')).toEqual([
      { file: 'a.dcm', box: { x: 0, y: 5, width: 100, height: 20 } },
      { file: '*.dcm', box: { x: 7, y: 0, width: 1, height: 1 } },
    ]);
  });

  it.each([
    ['', /no row/],
    ['file,x,y,width\na,1,1,1', /no column height/],
    [`${HEAD}a,1,1,0,5`, /row 1 has “0” for width/],
    [`${HEAD}a,1,1,2,5\nb,-1,1,2,5`, /row 2 has “-1” for x/],
    [`${HEAD}a,1.5,1,2,5`, /“1.5” for x/],
    [`${HEAD},1,1,2,5`, /row 1 names no file/],
  ])('is refused where it says nothing that can be done: %s', (text, why) => {
    expect(() => boxesIn(text, 'boxes.csv')).toThrow(why);
  });

  it('means files by name, path or pattern', () => {
    expect(meant('film.dcm', 'ward/film.dcm')).toBe(true);
    expect(meant('ward/film.dcm', 'ward/film.dcm')).toBe(true);
    expect(meant('other/film.dcm', 'ward/film.dcm')).toBe(false);
    expect(meant('*.dcm', 'ward/film.dcm')).toBe(true);
    expect(meant('*/film.dcm', 'a/b/film.dcm')).toBe(false);
    expect(meant('**/film.dcm', 'a/b/film.dcm')).toBe(true);
    expect(meant('**/*.dcm', 'film.dcm')).toBe(true);
    expect(meant('a/**/film.dcm', 'a/film.dcm')).toBe(true);
    expect(meant('a/**/film.dcm', 'a/b/c/film.dcm')).toBe(true);
    expect(meant('a**/film.dcm', 'afilm.dcm')).toBe(false);
    expect(meant('**/film.dcm', 'afilm.dcm')).toBe(false);
    expect(meant('film?.dcm', 'film1.dcm')).toBe(true);
    expect(meant('film?.dcm', 'film.dcm')).toBe(false);
    expect(meant('film(1)+.dcm', 'film(1)+.dcm')).toBe(true);
    expect(meant('f.lm.dcm', 'film.dcm')).toBe(false);
  });
});
