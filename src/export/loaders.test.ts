// @vitest-environment node
/** What loaders of others read of an export: each is skipped by name where it is not installed. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { fakeItem, line, SIZE } from './testing/fakes';
import { exportResults } from './write';

const ROOT = join(import.meta.dirname, '../..');
const SCRIPT = join(ROOT, 'training/counterpart_training/read_export.py');
const OWN = join(ROOT, '.venv/bin/python');
const PYTHON = process.env['COUNTERPART_PYTHON'] ?? (existsSync(OWN) ? OWN : 'python3');
const NOT_INSTALLED = 3;
const PATIENCE = 120_000;

let [set, dicom] = ['', ''];

async function written(formats: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'counterpart-loaders-'));
  const borrowed = fakeItem('3', { patient: 'r', split: 'test', origin: 'c' });
  const items = [
    fakeItem('1', { patient: 'p', split: 'train', origin: 'a', label: 'mild, "faint" opacity' }),
    fakeItem('2', { patient: 'q', split: 'train', origin: 'b', lines: [line('effect', 'red')] }),
    // A column that is blank in the other part.
    { ...borrowed, row: { ...borrowed.row, donor_source: 'nih' } },
    // A part that has no picture in a folder of a class.
    fakeItem('4', { patient: 's', split: 'val', origin: 'd', edit: { kind: 'remove', severity: 0 } }),
  ];
  const sink = {
    async write(path: string, bytes: Uint8Array) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    },
  };
  await exportResults(items, sink, { formats, version: '1.2.3', title: 'a-set' });
  return folder;
}

beforeAll(async () => {
  set = await written(['png8', 'masks', 'originals', 'recipes', 'imagefolder', 'card', 'croissant', 'datasheet']);
  dicom = await written(['dicom']);
});
afterAll(() => Promise.all([set, dicom].map((folder) => rm(folder, { recursive: true, force: true }))));

async function readBy(loader: string, folder: string, context: TestContext): Promise<unknown> {
  try {
    const { stdout } = await promisify(execFile)(PYTHON, [SCRIPT, folder, loader], { maxBuffer: 1 << 24 });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code === NOT_INSTALLED) context.skip(`${loader} is not installed for ${PYTHON}`);
    if (code === 'ENOENT') context.skip(`there is no ${PYTHON}`);
    throw error;
  }
}

const size = [SIZE.width, SIZE.height];

describe('an export is read by', { timeout: PATIENCE }, () => {
  it('Hugging Face datasets, by its card, and each part as a folder of pictures', async (context) => {
    const read = (await readBy('datasets', set, context)) as Record<
      string,
      Record<string, { rows: number; images: unknown; labels: unknown; types: Record<string, string> }>
    >;
    const { train, test } = read['card'] ?? {};
    expect([train?.rows, test?.rows, train?.images]).toEqual([2, 1, [size, size]]);
    // A label that is not known is none.
    expect([train?.labels, test?.labels]).toEqual([[1, null], [1]]);
    expect(read['train']?.['train']?.images).toEqual([size, size]);
    expect(read['test']?.['train']?.images).toEqual([size]);
    // By the card a column has its type though it is blank in a part; the pictures beside it open, too.
    expect(train?.types).toMatchObject({
      mask: expect.stringContaining('Image') as string,
      original: expect.stringContaining('Image') as string,
      effusion: expect.stringContaining('float64') as string,
    });
  });

  it('mlcroissant, which finds its description valid', async (context) => {
    const { errors, warnings, records } = (await readBy('mlcroissant', set, context)) as {
      errors: unknown;
      warnings: readonly string[];
      records: Record<string, readonly Record<string, unknown>[]>;
    };
    expect(errors).toEqual([]);
    // What nobody but the user can say of a set is advised, not required.
    expect(warnings.filter((each) => !/datePublished|license|citeAs|creator|url/.test(each))).toEqual([]);
    expect(records['train-rows']).toMatchObject([
      { patient: 'p', lung_opacity: 1, effusion: null, request: 'mild, "faint" opacity' },
      { patient: 'q', lung_opacity: null },
    ]);
    expect(records['test-rows']).toHaveLength(1);
  });

  it('the rule of torchvision’s ImageFolder', async (context) => {
    expect(await readBy('imagefolder', set, context)).toEqual({
      'test/imagefolder': { lung_opacity: [size] },
      'train/imagefolder': { lung_opacity: [size] },
    });
  });

  it.for(['pydicom', 'highdicom'])('%s, where it is DICOM', async (loader, context) => {
    const read = (await readBy(loader, dicom, context)) as Record<string, { shape: unknown }>;
    expect(Object.keys(read)).toEqual([
      'test/images/3.dcm',
      'train/images/1.dcm',
      'train/images/2.dcm',
      'val/images/4.dcm',
    ]);
    for (const { shape } of Object.values(read)) expect(shape).toEqual([SIZE.height, SIZE.width]);
  });
});
