// @vitest-environment node
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodePng, encodePng, readPngText } from '../imaging/png';
import type { CliContext } from './context';
import { main } from './main';
import { tableOf } from '../run/folder';
import { seedsIn, shardIn } from './commands/makingOptions';
import { chestAttributes, writeDicom } from '../dicom/testing/write-dicom';
import { joinedBytes } from '../imaging/bytes';
import { filmsOf, frameIn, writeWhole } from './node/files';

const ROOT = pathToFileURL(`${join(import.meta.dirname, '../..')}/`);
const SAMPLES = join(import.meta.dirname, '../../models/samples');

let folder = '';
let said = { out: '', err: '' };
/** What a test gives the command beside the usual. */
let context: Partial<CliContext> = {};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterpart-cli-'));
  said = { out: '', err: '' };
  context = {};
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const counterpart = (...args: string[]): Promise<number> =>
  main(args, {
    root: ROOT,
    version: '0.0.0',
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    signal: new AbortController().signal,
    ...context,
  });

/** The first synthetic sample of the release. */
function sample(): string {
  const { samples } = JSON.parse(readFileSync(join(SAMPLES, 'samples.json'), 'utf8')) as {
    samples: readonly { file: string; kind?: string }[];
  };
  const first = samples.find(({ kind, file }) => kind !== 'real' && file.endsWith('.png'));
  if (first === undefined) throw new Error('the release has no synthetic sample');
  return join(SAMPLES, first.file);
}

const pixelsOf = (base64: string, name: string) =>
  decodePng(new Uint8Array(Buffer.from(base64, 'base64')), name).pixels;

describe('the command line', () => {
  it('makes an edit, and makes nothing twice', { timeout: 240_000 }, async () => {
    const film = join(folder, 'DOE^JANE.png');
    writeFileSync(film, readFileSync(sample()));
    const out = join(folder, 'out');
    const args = ['run', film, '--say', 'moderate right lower zone opacity', '--out', out, '--seeds', '3', '--json'];
    expect(await counterpart(...args)).toBe(0);
    const [name = ''] = readdirSync(join(out, 'images'));
    const picture = new Uint8Array(readFileSync(join(out, 'images', name)));
    expect(decodePng(picture, name).synthetic).toBe(true);
    expect(JSON.stringify(readPngText(picture))).not.toContain('DOE');
    const journal = readFileSync(join(out, 'journal.jsonl'), 'utf8');
    expect(JSON.parse(said.out)).toMatchObject({
      status: 'done',
      item: { seed: 3 },
      row: { file_name: `images/${name}`, source_file: 'DOE^JANE.png' },
    });
    expect(await counterpart(...args)).toBe(0);
    expect(readFileSync(join(out, 'journal.jsonl'), 'utf8')).toBe(journal);
    expect(new Uint8Array(readFileSync(join(out, 'images', name)))).toEqual(picture);
    expect(readFileSync(join(out, 'metadata.csv'), 'utf8').split('\r\n')).toHaveLength(3);

    // What was made is exported with its film, in its patient's part of the split.
    const keys = join(folder, 'patients.csv');
    writeFileSync(keys, '\ufefffile;patient;split\r\nDOE^JANE.png;7;test\r\n');
    const set = join(folder, 'set');
    const formats = 'png8,masks,recipes,originals,coco';
    expect(await counterpart('export', out, '--out', set, '--films', film, '--patients', keys, '--as', formats)).toBe(
      0,
    );
    const table = readFileSync(join(set, 'test/metadata.csv'), 'utf8');
    expect(table).toMatch(/^file_name,mask_file_name,original_file_name,/);
    expect(table).toContain(`images/${name}`);
    expect(readFileSync(join(set, 'SHA256SUMS'), 'utf8')).toContain(`  test/images/${name}\n`);
    expect(existsSync(join(set, 'test/annotations.json'))).toBe(true);
    const zip = join(folder, 'set.zip');
    expect(await counterpart('export', out, '--out', zip)).toBe(0);
    expect(Object.keys(unzipSync(new Uint8Array(readFileSync(zip))))).toContain('croissant.json');
    // What is gone is named, and nothing is left in its place.
    rmSync(join(out, 'images', name));
    said = { out: '', err: '' };
    expect(await counterpart('export', out, '--out', join(folder, 'none'))).toBe(1);
    expect(said.err).toMatch(/no result to export/);
    expect(await counterpart('export', out, '--out', join(folder, 'none.zip'))).toBe(1);
    expect(readdirSync(folder).filter((file) => file.startsWith('none.zip'))).toEqual([]);
  });

  it('finds the nodule that is to go, and changes nothing elsewhere', { timeout: 240_000 }, async () => {
    const clear = decodePng(new Uint8Array(readFileSync(sample())), 'clear.png');
    const { width, height, bitsStored } = clear;
    // A round density of 3 % of the width, in the middle of the lung at the left of the picture.
    const [x, y, radius] = [0.3 * width, 0.45 * height, 0.03 * width];
    const most = 2 ** bitsStored - 1;
    const pixels = clear.pixels.map((value, index) => {
      const far = Math.hypot((index % width) - x, Math.floor(index / width) - y) / radius;
      return Math.min(most, Math.round(value + 0.22 * most * Math.sqrt(Math.max(0, 1 - far * far))));
    });
    const film = join(folder, 'nodule.png');
    writeFileSync(film, encodePng({ ...clear, pixels }, {}));
    const out = join(folder, 'out');
    expect(await counterpart('run', film, '--say', 'remove the nodule', '--out', out, '--json')).toBe(0);
    const [name = ''] = readdirSync(join(out, 'images'));
    const made = decodePng(new Uint8Array(readFileSync(join(out, 'images', name))), name).pixels;
    const changed = [...made.keys()].filter((index) => made[index] !== pixels[index]);
    const far = changed.map((index) => Math.hypot((index % width) - x, Math.floor(index / width) - y) / radius);
    expect(Math.max(...far)).toBeLessThan(3);
    const middle = Math.round(y) * width + Math.round(x);
    expect((pixels[middle] ?? 0) - (made[middle] ?? 0)).toBeGreaterThan(0.1 * most);
  });

  it('exports nothing from what is no run, and no format that there is not', async () => {
    expect(await counterpart('export', folder, '--out', join(folder, 'x'))).toBe(1);
    expect(said.err).toMatch(/holds no journal/);
    expect(await counterpart('export', folder, '--out', join(folder, 'x'), '--as', 'png,tiff')).toBe(2);
    expect(said.err).toMatch(/--as tiff is no format/);
  });

  it('counts, plans, runs, reviews and verifies', { timeout: 240_000 }, async () => {
    const films = join(folder, 'films');
    mkdirSync(films);
    writeFileSync(join(films, 'clear.png'), readFileSync(sample()));
    const rows = [
      'clear.png;1;train;1;0;0',
      'rare.png;2;train;0;0;1',
      ...Array.from({ length: 12 }, (_, at) => `e${String(at)}.png;${String(at + 3)};train;0;1;0`),
    ];
    for (const name of ['rare', ...rows.slice(2).map((_, at) => `e${String(at)}`)])
      writeFileSync(join(films, `${name}.png`), '');
    const table = join(folder, 'table.csv');
    // As a spreadsheet saves it.
    writeFileSync(table, `\ufefffile_name;patient;split;no_finding;effusion;hernia\r\n${rows.join('\r\n')}\r\n`);
    expect(await counterpart('count', table, '--json')).toBe(0);
    expect(JSON.parse(said.out)).toMatchObject({ films: 14, learnt: 'train', classes: [{ name: 'effusion' }, {}, {}] });
    const plan = join(folder, 'plan.jsonl');
    const planned = ['plan', table, '--films', films, '--out', plan, '--limit', '2'];
    expect(await counterpart(...planned)).toBe(0);
    const out = join(folder, 'out');
    const run = ['run', films, '--plan', plan, '--out', out];
    expect(await counterpart(...run)).toBe(0);
    const journal = readFileSync(join(out, 'journal.jsonl'), 'utf8');
    const pictures = readdirSync(join(out, 'images')).sort();
    const bits = () => pictures.map((name) => readFileSync(join(out, 'images', name)).toString('base64'));
    const before = bits();
    // Killed in the middle of the last line, after its picture was written.
    writeFileSync(join(out, 'journal.jsonl'), journal.slice(0, -40));
    expect(await counterpart('verify', out)).toBe(1);
    expect(said.out).toMatch(/not made yet/);
    expect(await counterpart(...run)).toBe(0);
    expect(readdirSync(join(out, 'images')).sort()).toEqual(pictures);
    expect(pictures.map((name, at) => [...pixelsOf(before[at] ?? '', name)])).toEqual(
      bits().map((text, at) => [...pixelsOf(text, pictures[at] ?? '')]),
    );
    expect(await counterpart('verify', out)).toBe(0);
    const decisions = join(folder, 'decisions.csv');
    expect(await counterpart('review', out, '--template', decisions)).toBe(0);
    const [header = '', first = '', ...more] = readFileSync(decisions, 'utf8').trim().split('\r\n');
    writeFileSync(
      decisions,
      [header, first.replace(/,[^,]*,[^,]*$/, ',reject,"too bright, see ribs"'), ...more].join('\r\n'),
    );
    said.out = '';
    expect(await counterpart('review', out, '--from', decisions, '--json')).toBe(0);
    expect(JSON.parse(said.out)).toMatchObject({
      results: pictures.length,
      classes: [{ class: 'hernia', reviewed: 1 }],
    });
    const accepted = readFileSync(join(out, 'accepted.csv'), 'utf8').trim().split('\r\n').length - 1;
    expect(readFileSync(join(out, 'control.csv'), 'utf8').trim().split('\r\n')).toHaveLength(1 + accepted);
    writeFileSync(plan, readFileSync(plan, 'utf8').replace('"ratio":0.25', '"ratio":0.2'));
    expect(await counterpart(...run)).toBe(1);
    expect(said.err).toMatch(/results of another plan/);
    writeFileSync(plan, readFileSync(plan, 'utf8').replace('"version":2', '"version":9'));
    expect(await counterpart(...run)).toBe(1);
    expect(said.err).toMatch(/plan of version 9/);
  });

  it('names what it cannot do, film by film, and goes on', { timeout: 120_000 }, async () => {
    writeFileSync(join(folder, 'a.png'), 'no picture');
    writeFileSync(join(folder, 'b.dcm'), new Uint8Array());
    const out = join(folder, 'out');
    expect(await counterpart('run', folder, '--say', 'no opacity', '--out', out)).toBe(1);
    expect(said.err).toMatch(/0 from before, 2 failed/);
    // The list at the end says what was asked.
    expect(said.err).toMatch(/\n {2}a\.png: no opacity \(seed 1\): /);
    expect(readFileSync(join(out, 'journal.jsonl'), 'utf8').trim().split('\n')).toHaveLength(2);
    // For a scheduler that would start it again.
    expect(await counterpart('run', folder, '--say', 'no opacity', '--out', out, '--tolerate-failures')).toBe(0);
  });

  it('says where fewer threads compute than were asked for', async () => {
    writeFileSync(join(folder, 'a.png'), 'no picture');
    context = { threadStarter: () => Promise.resolve(() => new Worker('process.exit(1)', { eval: true })) };
    await counterpart('run', folder, '--say', 'no opacity', '--out', join(folder, 'out'), '--threads', '3');
    expect(said.err).toMatch(/^1 of 3 threads could be started/);
  });

  it('asks for a folder where results go, and says so before anything is made', async () => {
    const film = join(folder, 'a.png');
    writeFileSync(film, 'no picture');
    expect(await counterpart('run', film, '--say', 'no opacity', '--out', film)).toBe(2);
    expect(said.err).toMatch(/a\.png is a file, and the results go into a folder/);
    expect(await counterpart('export', folder, '--out', film)).toBe(2);
    const table = join(folder, 'reports.csv');
    writeFileSync(table, 'id,text\n1,no effusion\n');
    said.err = '';
    expect(await counterpart('label', table, '--out', join(film, 'labels.csv'))).toBe(1);
    expect(said.err).toMatch(/labels\.csv could not be written/);
    expect(readFileSync(film, 'utf8')).toBe('no picture');
  });

  it('mixes no words into the run of a plan', async () => {
    const out = join(folder, 'out');
    mkdirSync(out);
    writeFileSync(join(out, 'plan.jsonl'), 'a plan');
    writeFileSync(join(folder, 'a.png'), 'no picture');
    expect(await counterpart('run', join(folder, 'a.png'), '--say', 'no opacity', '--out', out)).toBe(1);
    expect(said.err).toMatch(/holds the run of a plan/);
    expect(readdirSync(out)).toEqual(['plan.jsonl']);
  });

  it('reads what is there, names what is not, and says where a picture is no chest', { timeout: 120_000 }, async () => {
    const grey = { width: 64, height: 64, bitsStored: 8, pixels: new Uint16Array(64 * 64).fill(90) };
    const { width, height, bitsStored, pixels, ...rest } = decodePng(new Uint8Array(readFileSync(sample())), 's');
    writeFileSync(join(folder, 'grey.png'), encodePng({ ...rest, ...grey }, {}));
    writeFileSync(join(folder, 'chest.png'), encodePng({ ...rest, width, height, bitsStored, pixels }, {}));
    const paths = ['gone.png', 'grey.png', 'chest.png'].map((name) => join(folder, name));
    expect(await counterpart('read', ...paths, '--json')).toBe(1);
    const lines = said.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { film: string; note?: string; error?: { code: string } });
    expect(lines.map(({ film, note, error }) => [film, note !== undefined, error?.code])).toEqual([
      ['chest.png', false, undefined],
      ['gone.png', false, 'film-missing'],
      ['grey.png', true, undefined],
    ]);
    expect(lines[2]?.note).toMatch(/frontal chest/);
  });

  it.each([
    [['run', 'x.png', '--out', 'y'], /--say/],
    [['run', 'x.png', '--say', 'no opacity'], /--out/],
    [['run', 'x.png', '--out', 'y', '--say', 'no opacity', '--queue', 'redis://x', '--shard', '1/2'], /both given/],
    [['run', 'x.png', '--out', 'y', '--say', 'no opacity', '--watch'], /--watch is given without --queue/],
    [['run', 'x.png', '--out', 'y', '--say', ''], /No finding is named/],
    [['run', 'x.png', '--out', 'y', '--say', 'no opacity', '--say', 'purple zebra'], /unrecognised: “purple”, “zebra”/],
    [['run', 'x.png', '--out', 'y', '--say', 'kein Pneumothorax'], /look German; only English is read/],
    [['run', 'x.png', '--out', 'y', '--say', 'effusion, no effusion'], /contradict each other about effusion/],
    // Said, and the command goes on to the film, which is not there.
    [['run', 'x.png', '--out', 'y', '--say', '12 cm mass'], /“12 cm” was read as “100 mm”/, 1],
    [['frobnicate'], /unknown command/],
  ] as [string[], RegExp, number?][])('does not guess what is meant: %j', async (args, expected, code = 2) => {
    expect(await counterpart(...args)).toBe(code);
    expect(said.err).toMatch(expected);
  });

  it('says what is missing', async () => {
    expect(await counterpart('read', join(folder, 'nothing-here'))).toBe(1);
    expect(said.err).toMatch(/cannot be read\.\nCheck that it exists/);
    mkdirSync(join(folder, 'empty'));
    expect(await counterpart('read', join(folder, 'empty'))).toBe(1);
    expect(said.err).toMatch(/no film in/);
  });

  it('helps', async () => {
    expect(await counterpart('--help')).toBe(0);
    expect(said.out).toMatch(/Exit codes/);
  });
});

describe('options', () => {
  it('take lists and ranges of seeds', () => {
    expect(seedsIn('1,2,7-9,2')).toEqual([1, 2, 7, 8, 9]);
    for (const wrong of ['', 'a', '3-1', '1-999999', '-4', '1,,2'])
      expect(() => seedsIn(wrong)).toThrow(/no list of seeds/);
  });

  it('take a part of a whole', () => {
    expect(shardIn('2/4')).toEqual({ index: 1, count: 4 });
    expect(shardIn(undefined)).toEqual({ index: 0, count: 1 });
    for (const wrong of ['0/2', '3/2', '1', 'a/b']) expect(() => shardIn(wrong)).toThrow(/no part of a whole/);
  });
});

describe('films and tables', () => {
  it('write one file whole, however many write it at once', async () => {
    const path = join(folder, 'new', 'queue.txt');
    const texts = Array.from({ length: 20 }, (_, at) => String(at).repeat(1000));
    await Promise.all(texts.map((text) => writeWhole(path, text)));
    expect(texts).toContain(readFileSync(path, 'utf8'));
    expect(readdirSync(join(folder, 'new'))).toEqual(['queue.txt']);
  });

  it('are a frame of each file where one is asked for, which is then part of the name', async () => {
    const picture = (grey: number) => new Uint8Array(64 * 64).fill(grey);
    const attributes = chestAttributes(64, 64, 8, {
      '00280008': ['IS', '2'],
      '7fe00010': ['OW', joinedBytes([picture(7), picture(9)])],
    });
    writeFileSync(join(folder, 'two.dcm'), writeDicom({ attributes }));
    const films = await filmsOf([folder], frameIn('2'));
    expect(films.names).toEqual(['two.dcm#2']);
    expect((await films.open('two.dcm#2')).pixels[0]).toBe(9);
    expect((await films.open('two.dcm')).pixels[0]).toBe(7);
    await expect(films.open('two.dcm#3')).rejects.toMatchObject({ code: 'frame-out-of-range' });
    // A file that is called so is that file.
    writeFileSync(join(folder, 'two.dcm#2'), writeDicom({ attributes }));
    expect((await films.open('two.dcm#2')).pixels[0]).toBe(7);
    for (const odd of ['0', '-1', 'two', '1.5']) expect(() => frameIn(odd)).toThrow(/--frame/);
  });

  it('finds films through all the depth of folders, and nothing else', async () => {
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    for (const name of ['z.png', 'a/x.DCM', 'a/b/y.jpeg', 'a/b/NOENDING', 'a/notes.txt', 'a/.hidden.png'])
      writeFileSync(join(folder, name), 'x');
    expect((await filmsOf([folder])).names).toEqual(['a/b/NOENDING', 'a/b/y.jpeg', 'a/x.DCM', 'z.png']);
    const two = await filmsOf([join(folder, 'a/b'), join(folder, 'z.png')]);
    expect(two.names).toEqual(['a/b/NOENDING', 'a/b/y.jpeg', 'z.png']);
  });

  it('has a row a result and none for what failed', () => {
    const item = { id: '1', film: 'a', request: 'r', seed: 1 };
    const error = { code: 'c', message: 'm', advice: 'a' };
    expect(
      tableOf([
        { status: 'done', item, files: [], row: { file_name: 'x.png', request: 'a, b' }, milliseconds: 1 },
        { status: 'failed', item, error },
      ]),
    ).toBe('file_name,request\r\nx.png,"a, b"\r\n');
  });
});
