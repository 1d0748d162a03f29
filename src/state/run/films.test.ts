import { describe, expect, it, vi } from 'vitest';
import { FilmMissingError } from '../../run/errors';
import { fakeFile, fakeRadiograph } from '../testing/fakes';
import { filmsFrom } from './films';

describe('the films of a run in the page', () => {
  const open = vi.fn((_: Uint8Array, name: string, _frame?: number) => Promise.resolve(fakeRadiograph(name)));
  const films = filmsFrom([fakeFile('cine.dcm'), fakeFile('odd.png#2')], { open });

  it.each([
    ['cine.dcm', 'cine.dcm', undefined],
    ['cine.dcm#3', 'cine.dcm', 3],
    ['odd.png#2', 'odd.png#2', undefined],
  ])('are files, or frames of them that are named so: %s', async (film, file, frame) => {
    expect((await films.open(film)).name).toBe(film);
    expect(open).toHaveBeenLastCalledWith(new TextEncoder().encode(file), film, frame);
  });

  it('are named where there is none', async () => {
    await expect(films.open('gone.dcm#2')).rejects.toThrow(FilmMissingError);
  });
});
