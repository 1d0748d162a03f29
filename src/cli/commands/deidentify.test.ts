// @vitest-environment node
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chestAttributes, writeDicom } from '../../dicom/testing/write-dicom';
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
  const hear = (text: string): void => {
    said += text;
  };
  const root = pathToFileURL(`${folder}/`);
  return main(args, { root, version: '0', out: hear, err: hear, signal: new AbortController().signal });
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

  it.each([
    ['a key among what is handed on', ['--key', 'out/key']],
    ['a log among it', ['--log', 'out/log']],
    ['an unknown way with dates', ['--dates', 'kept']],
  ])('refuses %s before anything is written', async (_, [flag = '', value = '']) => {
    const given = flag === '--dates' ? value : join(folder, value);
    expect(await counterpart('deidentify', join(folder, 'in'), '--out', join(folder, 'out'), flag, given)).toBe(2);
    expect(readdirSync(folder)).toEqual(['in']);
  });

  it('refuses a folder in its own results, and a file that is no key', async () => {
    expect(await counterpart('deidentify', join(folder, 'in'), '--out', join(folder, 'in', 'out'))).toBe(2);
    const key = join(folder, 'key');
    writeFileSync(key, 'password');
    expect(await counterpart('deidentify', join(folder, 'in'), '--out', join(folder, 'out'), '--key', key)).toBe(2);
    expect(said).toContain('holds no key');
  });
});
