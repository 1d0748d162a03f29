// @vitest-environment node
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { written } from '../../imaging/testing/writing';
import { chestAttributes, words, writeDicom } from '../../dicom/testing/write-dicom';
import { main } from '../main';

let folder = '';
let said = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterpart-deidentify-'));
  said = '';
  mkdirSync(join(folder, 'in', 'DOE'), { recursive: true });
  const film = writeDicom({
    attributes: {
      ...chestAttributes(64, 64),
      '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.1.1'],
      '00100020': ['LO', 'PID-4711'],
      '7FE00010': ['OW', new Uint8Array(2 * 64 * 64)],
    },
  });
  writeFileSync(join(folder, 'in', 'DOE', 'JANE.dcm'), film);
  writeFileSync(join(folder, 'in', 'notes.txt'), 'Jane Doe');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function counterpart(...args: string[]): Promise<number> {
  return heard((text) => (said += text), args);
}

function heard(hear: (text: string) => void, args: string[], signal = new AbortController().signal): Promise<number> {
  return main(args, { root: pathToFileURL(`${folder}/`), version: '0', out: hear, err: hear, signal });
}

describe('counterpart deidentify', () => {
  it('writes what it could look through under new names, and names what it left out', async () => {
    const [key, log] = [join(folder, 'keep', 'key'), join(folder, 'keep', 'log.jsonl')];
    const run = (out: string) =>
      counterpart('deidentify', join(folder, 'in'), '--out', join(folder, out), '--key', key, '--log', log);
    expect(await run('out')).toBe(1);
    expect(said).toContain('1 of 2 files de-identified, 1 to be looked at');
    expect(said).toContain('notes.txt was not de-identified: it is no DICOM file');
    const [name = '', ...others] = readdirSync(join(folder, 'out'));
    expect(name).toMatch(/^2\.25\.\d+\.dcm$/);
    expect(others).toEqual([]);
    const bytes = readFileSync(join(folder, 'out', name));
    expect(bytes.toString('latin1')).not.toMatch(/Secret|4711|JANE/);
    // The same key, the same file.
    await run('again');
    expect(readFileSync(join(folder, 'again', name)).equals(bytes)).toBe(true);
    const [first] = readFileSync(log, 'utf8').split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({ source: 'DOE/JANE.dcm', file: name });
  });

  it('goes on after a file that cannot be read, and names it in the log', async () => {
    const log = join(folder, 'log.jsonl');
    // More than Node reads in one piece; of holes, so that it takes no room.
    truncateSync(join(folder, 'in', 'notes.txt'), 3 * 2 ** 30);
    writeFileSync(join(folder, 'in', 'zz.dcm'), readFileSync(join(folder, 'in', 'DOE', 'JANE.dcm')));
    expect(await counterpart('deidentify', join(folder, 'in'), '--out', join(folder, 'out'), '--log', log)).toBe(1);
    expect(said).toContain('notes.txt cannot be read');
    expect(said).toContain('2 of 3 files de-identified');
    const codes = readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { error?: { code: string } }).error?.code);
    expect(codes).toEqual([undefined, 'path-unreadable', undefined]);
  });

  it('ends where nothing can be written any more, and leaves the log of what was', async () => {
    const log = join(folder, 'log.jsonl');
    const hear = (text: string): void => {
      said += text;
      // As if the folder went away: a file stands in its place.
      rmSync(join(folder, 'out'), { recursive: true, force: true });
      writeFileSync(join(folder, 'out'), '');
    };
    writeFileSync(join(folder, 'in', 'b.dcm'), readFileSync(join(folder, 'in', 'DOE', 'JANE.dcm')));
    writeFileSync(join(folder, 'in', 'c.dcm'), readFileSync(join(folder, 'in', 'DOE', 'JANE.dcm')));
    expect(await heard(hear, ['deidentify', join(folder, 'in'), '--out', join(folder, 'out'), '--log', log])).toBe(1);
    expect(said.match(/could not be written/g)).toHaveLength(1);
    expect(readFileSync(log, 'utf8').trim().split('\n')).toHaveLength(1);
    expect(said).not.toContain('files de-identified');
  });

  it('stops between two files when it is asked to', async () => {
    const abort = new AbortController();
    abort.abort();
    expect(
      await heard(
        (text) => (said += text),
        ['deidentify', join(folder, 'in'), '--out', join(folder, 'out')],
        abort.signal,
      ),
    ).toBe(1);
    expect(said).toContain('0 of 2 files de-identified');
  });

  it('names what it cannot make a key in', async () => {
    const key = join(folder, 'key');
    symlinkSync(join(folder, 'nowhere', 'key'), key);
    expect(await counterpart('deidentify', join(folder, 'in'), '--out', join(folder, 'out'), '--key', key)).toBe(1);
    expect(said).toMatch(/key could not be written/);
  });

  it.each([
    ['a key among what is handed on', ['--key', 'out/key']],
    ['a log among it', ['--log', 'out/log']],
    ['a log in the place of a source', ['--log', 'in/DOE/JANE.dcm']],
    ['a key among the sources', ['--key', 'in/key']],
    ['an unknown way with dates', ['--dates', 'kept']],
  ])('refuses %s before anything is written', async (_, [flag = '', value = '']) => {
    const given = flag === '--dates' ? value : join(folder, value);
    expect(await counterpart('deidentify', join(folder, 'in'), '--out', join(folder, 'out'), flag, given)).toBe(2);
    expect(readdirSync(folder)).toEqual(['in']);
  });

  it('refuses one file as key and log, and places that a link leads to', async () => {
    const key = join(folder, 'key');
    const run = (out: string, ...more: string[]) =>
      counterpart('deidentify', join(folder, 'in'), '--out', join(folder, out), '--key', key, ...more);
    expect(await run('out', '--log', join(folder, 'in', '..', 'key'))).toBe(2);
    expect(said).toContain('name the same file');
    mkdirSync(join(folder, 'out'));
    symlinkSync(join(folder, 'out'), join(folder, 'link'));
    symlinkSync(join(folder, 'in', 'DOE'), join(folder, 'films'));
    expect(await run('out', '--log', join(folder, 'link', 'log'))).toBe(2);
    expect(await run('link', '--log', join(folder, 'out', 'log'))).toBe(2);
    expect(await run('films')).toBe(2);
    expect(readdirSync(folder).sort()).toEqual(['films', 'in', 'link', 'out']);
  });

  it('refuses a folder in its own results, and a file that is no key', async () => {
    expect(await counterpart('deidentify', join(folder, 'in'), '--out', join(folder, 'in', 'out'))).toBe(2);
    const key = join(folder, 'key');
    writeFileSync(key, 'password');
    expect(await counterpart('deidentify', join(folder, 'in'), '--out', join(folder, 'out'), '--key', key)).toBe(2);
    expect(said).toContain('holds no key');
  });

  it('covers the boxes of a table, and names files that no row is meant for', async () => {
    rmSync(join(folder, 'in', 'notes.txt'));
    const boxes = join(folder, 'boxes.csv');
    const run = (out: string, ...more: string[]) =>
      counterpart('deidentify', join(folder, 'in'), '--out', join(folder, out), '--boxes', boxes, ...more);
    writeFileSync(boxes, 'file,x,y,width,height\n*.dcm,0,0,64,1\n');
    expect(await run('out', '--all-covered')).toBe(0);
    expect(said).toContain('1 of 1 files de-identified, 0 to be looked at');
    writeFileSync(join(folder, 'in', 'JOHN.dcm'), readFileSync(join(folder, 'in', 'DOE', 'JANE.dcm')));
    writeFileSync(boxes, 'file,x,y,width,height\nJANE.dcm,0,0,64,1\n');
    expect(await run('again')).toBe(0);
    expect(said).toContain('DOE/JANE.dcm: boxes were set to black, and nobody said that they cover all text');
    expect(said).toContain('JOHN.dcm: no row of --boxes is meant for this file');
    expect(said).not.toContain('JANE.dcm: no row');
  });

  it('writes where text was found as a table that --boxes takes', async () => {
    rmSync(join(folder, 'in', 'notes.txt'));
    const pixels = new Uint16Array(128 * 128).fill(900);
    written(pixels, 128, 'LEONARD', { x: 20, y: 30 }, { grey: 4000 });
    const film = writeDicom({
      attributes: {
        ...chestAttributes(128, 128, 12, { '7FE00010': ['OW', words(pixels)] }),
        '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.1.1'],
      },
    });
    writeFileSync(join(folder, 'in', 'DOE', 'JANE, 2.dcm'), film);
    const table = join(folder, 'found.csv');
    const run = (out: string, ...more: string[]) =>
      counterpart('deidentify', join(folder, 'in'), '--out', join(folder, out), ...more);
    expect(await run('out', '--found', table)).toBe(0);
    expect(said).toContain('DOE/JANE, 2.dcm: text seems to be burned into the pixels (');
    expect(readFileSync(table, 'utf8')).toMatch(/^file,x,y,width,height\r?\n"DOE\/JANE, 2\.dcm",\d+,\d+,\d+,\d+\r?\n$/);
    said = '';
    expect(await run('again', '--boxes', table)).toBe(0);
    expect(said).not.toContain('seems to be burned');
    expect(await run('third', '--found', join(folder, 'third', 'found.csv'))).toBe(2);
  });

  it('stops before anything is written where a row of boxes is meant for no file, or says nothing', async () => {
    const [boxes, key] = [join(folder, 'boxes.csv'), join(folder, 'key')];
    const run = () =>
      counterpart('deidentify', join(folder, 'in'), '--out', join(folder, 'out'), '--boxes', boxes, '--key', key);
    writeFileSync(boxes, 'file,x,y,width,height\n**/JANE.dcm,0,0,64,1\nJOHN.dcm,0,0,64,1\n');
    expect(await run()).toBe(2);
    expect(said).toContain('no file is called JOHN.dcm. Nothing was written.');
    writeFileSync(boxes, 'file,x\nJANE.dcm,1\n');
    expect(await run()).toBe(2);
    expect(readdirSync(folder).sort()).toEqual(['boxes.csv', 'in']);
    expect(await counterpart('deidentify', join(folder, 'in'), '--out', join(folder, 'f'), '--all-covered')).toBe(2);
  });
});
