import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesIn, filmsOf } from './files';

describe('the files of a folder', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'films-'));
    mkdirSync(join(folder, 'b', 'deep'), { recursive: true });
    writeFileSync(join(folder, 'b', 'deep', 'film.png'), '');
    writeFileSync(join(folder, 'a.dcm'), '');
  });

  afterEach(() => {
    chmodSync(join(folder, 'b'), 0o755);
    rmSync(folder, { recursive: true });
  });

  it('are those of all depth, in order', async () => {
    const found = await filesIn(folder);
    expect(found.files).toEqual([join(folder, 'a.dcm'), join(folder, 'b', 'deep', 'film.png')]);
    expect(found.unreadable).toEqual([]);
  });

  it('are none where the folder is gone, which is named', async () => {
    const { files, unreadable } = await filesIn(join(folder, 'gone'));
    expect(files).toEqual([]);
    expect(unreadable.map(({ path, error }) => [path, error.code])).toEqual([
      [join(folder, 'gone'), 'path-unreadable'],
    ]);
  });

  // The superuser reads what nobody may.
  it.skipIf(process.getuid?.() === 0)('go on beside a folder that may not be read, which is named', async () => {
    chmodSync(join(folder, 'b'), 0);
    const { files, unreadable } = await filesIn(folder);
    expect(files).toEqual([join(folder, 'a.dcm')]);
    expect(unreadable.map(({ path }) => path)).toEqual([join(folder, 'b')]);
    const films = await filmsOf([folder]);
    expect(films.names).toEqual(['a.dcm', 'b']);
    await expect(films.open('b')).rejects.toMatchObject({ code: 'film-missing' });
  });
});
