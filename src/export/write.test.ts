import { describe, expect, it } from 'vitest';
import { rowsOf } from '../dataset/csv';
import { LABEL, labelAt } from '../dataset/filmTable';
import { openTables } from '../dataset/openTable';
import { sourceOfBytes } from '../dataset/table/text';
import { openRadiograph } from '../dicom/open';
import { CounterpartError } from '../errors';
import { sha256Hex } from '../imaging/digest';
import { decodeMaskPng } from '../imaging/mask-file';
import { decodeGreyPng } from '../imaging/png-decode';
import { readPngText } from '../imaging/png';
import { presentationTable } from '../imaging/presentation';
import { TargetFailedError } from '../run/errors';
import { SplitLeakError } from './errors';
import type { ExportItem } from './item';
import { EXPORT_FORMATS, USUAL_FORMATS } from './registry';
import { fakeItem, fakeResult, line, memorySink, SIZE } from './testing/fakes';
import { exportResults, type ExportOptions } from './write';

async function exported(items: readonly ExportItem[], formats: readonly string[], more: Partial<ExportOptions> = {}) {
  const sink = memorySink();
  const report = await exportResults(items, sink, { formats, version: '1.2.3', title: 'a-set', ...more });
  return { sink, report, rows: rowsOf(sink.text('metadata.csv')) };
}

class Unreadable extends CounterpartError {
  readonly code = 'unreadable';
}

describe('an export', () => {
  it.each([
    ['png', 'png'],
    ['dicom', 'dcm'],
  ])('holds pictures, masks, recipes and a table that names them, as %s', async (format, extension) => {
    const items = [fakeItem('00001'), fakeItem('00002', { label: 'mild, "faint" opacity' })];
    const { sink, rows } = await exported(items, [format, 'masks', 'recipes']);
    expect(rows).toHaveLength(2);
    expect(Object.keys(rows[0] ?? {})[0]).toBe('file_name');
    for (const [index, row] of rows.entries()) {
      const result = await (items[index] as ExportItem).load();
      const [image, mask] = [await result.image(), await result.mask()];
      const { recipe } = result;
      const bytes = sink.files.get(row['file_name'] ?? '') ?? new Uint8Array();
      const picture = await openRadiograph(bytes, 'picture');
      expect([...picture.pixels]).toEqual([...image.pixels]);
      expect(picture.synthetic).toBe(true);
      expect(decodeMaskPng(sink.files.get(row['mask_file_name'] ?? '') ?? new Uint8Array(), 'mask').data).toEqual(
        mask.data,
      );
      expect(JSON.parse(sink.text(row['recipe'] ?? ''))).toMatchObject({ recipe, receipt: { verdict: 'amber' } });
      expect(row).toMatchObject({
        file_name: `images/0000${String(index + 1)}.${extension}`,
        path: row['file_name'],
        request: items[index]?.request,
        patient: 'abc',
        split: 'generated',
        seed: '7',
        receipt: 'amber',
        changed_as_asked: 'green',
        age: 'paediatric',
        native_w: '70',
        lung_opacity: '1.0',
        effusion: '',
        opacity_right_mid: '0.50',
        read_mass: '0.1000',
      });
    }
    if (format === 'png')
      expect(readPngText(sink.files.get('images/00001.png') ?? new Uint8Array())['Software']).toBe('Counterpart');
  });

  it('says in words what each shows before and after, and that nobody read it', async () => {
    const { sink, rows } = await exported([fakeItem('1')], ['png', 'reports']);
    expect(rows[0]).toMatchObject({ report: 'reports/1.txt' });
    expect(rows[0]?.['findings_after']).toMatch(/severe left lower zone opacity/i);
    expect(sink.text('reports/1.txt')).toMatch(
      /^SYNTHETIC REPORT.*\nBEFORE: .*\nAFTER, AS ASKED: .*[Ss]evere left lower zone opacity/,
    );
  });

  it('has the hash of every file but of the list itself', async () => {
    const { sink } = await exported([fakeItem('1')], USUAL_FORMATS);
    const lines = sink.text('SHA256SUMS').trim().split('\n');
    expect(lines.map((line) => line.slice(66)).sort()).toEqual(
      [...sink.files.keys()].filter((path) => path !== 'SHA256SUMS').sort(),
    );
    for (const line of lines) {
      expect(await sha256Hex(sink.files.get(line.slice(66)) ?? new Uint8Array())).toBe(line.slice(0, 64));
    }
  });

  it('shows in 8 bits what the window shows', async () => {
    const { sink, rows } = await exported([fakeItem('1')], ['png8', 'png']);
    expect(rows[0]).toMatchObject({ file_name: 'images/1.png', png_file_name: 'images-png/1.png' });
    const { samples } = decodeGreyPng(sink.files.get('images/1.png') ?? new Uint8Array(), 'x');
    const { image } = fakeResult().counterfactual;
    const { table, offset } = presentationTable(image);
    expect(samples).toBeInstanceOf(Uint8Array);
    expect([...samples]).toEqual([...image.pixels].map((value) => Math.round(255 * (table[value + offset] as number))));
  });

  it('pairs each result with its radiograph, which is written once and names nobody', async () => {
    const { sink, rows } = await exported([fakeItem('1'), fakeItem('2')], ['png', 'originals']);
    expect(rows.map((row) => row['original_file_name'])).toEqual(['originals/abc.png', 'originals/abc.png']);
    const bytes = sink.files.get('originals/abc.png') ?? new Uint8Array();
    expect(JSON.stringify(readPngText(bytes))).not.toContain('DOE');
    expect((await openRadiograph(bytes, 'x')).synthetic).toBe(false);
    expect([...sink.files.keys()].filter((path) => path.startsWith('originals/'))).toHaveLength(1);
  });

  it('leaves out by name what cannot be had, and goes on', async () => {
    const broken: ExportItem = { ...fakeItem('1'), load: () => Promise.reject(new Unreadable('1 is gone.', 'Look.')) };
    const { loadSource: _, ...alone } = fakeItem('2');
    const { sink, report, rows } = await exported(
      [broken, alone, fakeItem('3'), fakeItem('3')],
      ['png', 'originals', 'datasheet'],
      { notMade: [{ id: '9', code: 'x', message: 'Nine was never made.', advice: '' }] },
    );
    expect(rows).toHaveLength(1);
    expect(report).toMatchObject({ written: 1, stopped: false });
    expect(report.skipped.map(({ code }) => code)).toEqual(['unreadable', 'source-absent', 'same-name']);
    expect(sink.text('DATASHEET.md')).toMatch(/1 is gone\.[\s\S]*Two results are called 3/);
    expect(sink.text('DATASHEET.md')).toContain('Nine was never made.');
  });

  it('ends by name where nothing more can be written', async () => {
    const full = { write: () => Promise.reject(new Error('no space left on device')) };
    const writing = exportResults([fakeItem('1'), fakeItem('2')], full, { formats: ['png'], version: '1', title: 'a' });
    await expect(writing).rejects.toThrow(TargetFailedError);
    await expect(writing).rejects.toThrow('images/1.png could not be written: no space left on device.');
  });

  it('is none without a result', async () => {
    await expect(exported([], ['png'])).rejects.toMatchObject({ code: 'nothing-to-export' });
  });

  it('can be called off', async () => {
    const abort = new AbortController();
    const { sink, report } = await exported([fakeItem('1'), fakeItem('2')], ['png'], {
      signal: abort.signal,
      onItem: () => {
        abort.abort();
      },
    });
    expect(report).toMatchObject({ written: 1, stopped: true });
    expect([...sink.files.keys()]).toEqual(['images/1.png']);
  });
});

describe('a split', () => {
  it('has a folder a part, and a result stands where its patient stands', async () => {
    const { sink } = await exported(
      [
        fakeItem('1', { patient: 'p', split: 'train', origin: 'a' }),
        fakeItem('2', { patient: 'p', origin: 'b' }),
        fakeItem('3', { patient: 'q', split: 'test', origin: 'c' }),
      ],
      ['png', 'masks', 'yolo', 'coco', 'nnunet', 'card', 'croissant'],
    );
    expect(rowsOf(sink.text('train/metadata.csv'))).toMatchObject([
      { file_name: 'images/1.png', path: 'train/images/1.png', split: 'train', patient: 'p' },
      { file_name: 'images/2.png', path: 'train/images/2.png', split: 'train', patient: 'p' },
    ]);
    expect(rowsOf(sink.text('test/metadata.csv'))).toHaveLength(1);
    expect(sink.files.has('train/images/2.png')).toBe(true);
    // One patient to learn from: none is left to validate on, and what is tested on is no stand-in.
    expect(sink.text('data.yaml')).toMatch(/^path: \.\ntrain: train\.txt\ntest: test\.txt\n# No val/);
    expect(sink.text('train.txt')).toBe('./train/images/1.png\n./train/images/2.png\n');
    expect(sink.text('test.txt')).toBe('./test/images/3.png\n');
    expect(sink.files.has('nnunet/Dataset501_a_set/splits_final.json')).toBe(false);
    expect(sink.text('nnunet/Dataset501_a_set/dataset.json')).toContain('fold “all”');
    expect(sink.files.has('nnunet/Dataset501_a_set/imagesTs/3_0000.png')).toBe(true);
    expect(JSON.parse(sink.text('nnunet/Dataset501_a_set/dataset.json'))).toMatchObject({ numTraining: 2 });
    expect(sink.text('README.md')).toContain('- split: test');
  });

  it('has columns of one type in every part, as loaders guess them from a part alone', async () => {
    const borrowed = fakeItem('3', { patient: 'q', split: 'test', origin: 'c' });
    const { sink } = await exported(
      [
        fakeItem('1', { patient: 'p', split: 'train', origin: 'a' }),
        fakeItem('2', { patient: 'p', split: 'train', origin: 'a', lines: [line('effect', 'red')] }),
        { ...borrowed, row: { ...borrowed.row, donor_source: 'nih' } },
      ],
      ['png'],
    );
    const [train, test] = ['train', 'test'].map((part) => rowsOf(sink.text(`${part}/metadata.csv`)));
    expect(train?.map((row) => [row['lung_opacity'], row['donor_source'], row['name']])).toEqual([
      ['1.0', 'none', ''],
      ['', 'none', ''],
    ]);
    expect(test).toMatchObject([{ lung_opacity: '1.0', donor_source: 'nih', name: '' }]);
    // What one part has none of is no column of files, where loaders would look for one called "none".
    const gone = fakeItem('4', { patient: 'q', split: 'test', origin: 'c', edit: { kind: 'remove', severity: 0 } });
    const { sink: files } = await exported(
      [fakeItem('1', { patient: 'p', split: 'train', origin: 'a' }), gone],
      ['png', 'imagefolder'],
    );
    const named = ['train', 'test'].map((part) => rowsOf(files.text(`${part}/metadata.csv`))[0]);
    expect(named.map((row) => row?.['imagefolder'])).toEqual(['imagefolder/lung_opacity/1.png', 'none']);
    expect(named.flatMap((row) => Object.keys(row ?? {})).filter((column) => /_file_name$/.test(column))).toEqual([]);
    // Our own reader takes the labels as they are.
    const table = await openTables([
      sourceOfBytes('metadata.csv', sink.files.get('train/metadata.csv') ?? new Uint8Array()),
    ]);
    expect([0, 1].map((film) => labelAt(table, 'lung_opacity', film))).toEqual([LABEL.positive, LABEL.blank]);
  });

  it.each<[string, readonly ExportItem[]]>([
    [
      'one patient',
      [
        fakeItem('1', { patient: 'p', split: 'train', origin: 'a' }),
        fakeItem('2', { patient: 'p', split: 'test', origin: 'b' }),
      ],
    ],
    [
      'one film under two patients',
      [fakeItem('1', { patient: 'p', split: 'train' }), fakeItem('2', { patient: 'q', split: 'test' })],
    ],
    [
      'a chain of films and patients',
      [
        fakeItem('1', { patient: 'p', split: 'train', origin: 'a' }),
        fakeItem('2', { patient: 'p', origin: 'b' }),
        fakeItem('3', { patient: 'q', origin: 'b' }),
        fakeItem('4', { patient: 'q', split: 'test', origin: 'c' }),
      ],
    ],
  ])('that tears apart %s is refused before anything is written', async (_, items) => {
    const sink = memorySink();
    const writing = exportResults(items, sink, { formats: ['png'], version: '1', title: 'a' });
    await expect(writing).rejects.toThrow(SplitLeakError);
    await expect(writing).rejects.toThrow(/in test and train/);
    expect(sink.files.size).toBe(0);
  });

  it.each([
    ['the part of the split that its donor is in', { origin: undefined, patient: 'q', split: 'test' }],
    ['results of the donor’s patient in another part', { origin: undefined, patient: 'r', split: undefined }],
    ['results of the donor’s film in another part', { origin: 'c', patient: undefined, split: undefined }],
  ])('is refused where a swap leaks: %s', async (_, donor) => {
    const items = [
      fakeItem('1', { patient: 'p', split: 'train', origin: 'a', donor }),
      fakeItem('2', { patient: 'r', split: 'test', origin: 'c' }),
    ];
    await expect(exported(items, ['png'])).rejects.toThrow(SplitLeakError);
    const within = { ...donor, patient: 'q', origin: 'd', split: 'train' };
    const kept = [fakeItem('1', { patient: 'p', split: 'train', origin: 'a', donor: within }), ...items.slice(1)];
    expect((await exported(kept, ['png'])).report.written).toBe(2);
  });

  it('leaves out whose patient belongs to no part, and takes no name for a path', async () => {
    const items = [fakeItem('1', { patient: 'p', split: 'train', origin: 'a' }), fakeItem('2', { origin: 'b' })];
    expect((await exported(items, ['png'])).report.skipped).toMatchObject([{ id: '2', code: 'split-missing' }]);
    await expect(exported([fakeItem('1', { split: '../up' })], ['png'])).rejects.toMatchObject({ code: 'split-name' });
  });
});

describe('a folder a class', () => {
  it('holds what was planned for a class, or is known to show one, and nothing else', async () => {
    const planned = {
      ...fakeItem('1', { patient: 'p', split: 'train' }),
      row: { class: 'Pleural Effusion/left', effusion: '1' },
    };
    const known = { ...fakeItem('2', { patient: 'p', split: 'train' }), row: { lung_opacity: '1' } };
    const neither = {
      ...fakeItem('3', { patient: 'q', split: 'test', origin: 'b' }),
      row: { effusion: '0', hernia: '' },
    };
    const { sink } = await exported([planned, known, neither], ['png', 'imagefolder']);
    const within = [...sink.files.keys()].filter((path) => path.includes('imagefolder/'));
    expect(within.sort()).toEqual([
      'train/imagefolder/Pleural_Effusion_left/1.png',
      'train/imagefolder/lung_opacity/2.png',
    ]);
    expect(decodeGreyPng(sink.files.get(within[1] ?? '') ?? new Uint8Array(), 'x').samples).toBeInstanceOf(Uint8Array);
  });
});

describe('annotations', () => {
  const square = new Uint8Array(SIZE.width * SIZE.height);
  for (let y = 10; y < 20; y++) square.fill(255, y * SIZE.width + 7, y * SIZE.width + 14);

  it('show findings that came, and none that went', async () => {
    const items = [
      fakeItem('1', { mask: square }),
      fakeItem('2', { mask: square, edit: { kind: 'remove', severity: 0 } }),
    ];
    const { sink } = await exported(items, ['png', 'coco', 'yolo', 'nnunet']);
    const coco = JSON.parse(sink.text('annotations.json')) as { images: object[]; annotations: object[] };
    expect(coco.images).toHaveLength(2);
    expect(coco.annotations).toMatchObject([{ image_id: 1, area: 70, bbox: [7, 10, 7, 10] }]);
    expect(sink.text('labels/1.txt')).toBe('0 0.150000 0.234375 0.100000 0.156250\n');
    expect(sink.text('labels/2.txt')).toBe('');
    const map = decodeGreyPng(sink.files.get('nnunet/Dataset501_a_set/labelsTr/1.png') ?? new Uint8Array(), 'x');
    expect([...new Set(map.samples)]).toEqual([0, 1]);
    const empty = decodeGreyPng(sink.files.get('nnunet/Dataset501_a_set/labelsTr/2.png') ?? new Uint8Array(), 'x');
    expect([...new Set(empty.samples)]).toEqual([0]);
  });

  it('hold patients back to validate on, and list no picture of which it is not known what it shows', async () => {
    const unclear = fakeItem('5', { patient: 'e', origin: 'e', lines: [line('effect', 'red')] });
    const clear = ['a', 'a', 'b', 'c'].map((patient, at) =>
      fakeItem(String(at), { mask: square, patient, origin: patient }),
    );
    const { sink } = await exported([...clear, unclear], ['png', 'yolo', 'nnunet']);
    const listed = (name: string) => sink.text(name).trim().split('\n');
    expect(listed('val.txt')).toEqual(['./images/0.png', './images/1.png']);
    expect(listed('train.txt')).toEqual(['./images/2.png', './images/3.png']);
    expect(sink.text('data.yaml')).toContain('train: train.txt\nval: val.txt\nnames:');
    const folds = JSON.parse(sink.text('nnunet/Dataset501_a_set/splits_final.json')) as {
      train: string[];
      val: string[];
    }[];
    expect(folds).toHaveLength(3);
    for (const { train, val } of folds) {
      expect(train.length * val.length).toBeGreaterThan(0);
      expect([...train, ...val].sort()).toEqual(['0', '1', '2', '3']);
    }
  });

  it.each([
    ['all is to test on', ['test', 'test'], 'No train and no val: every picture is in the part to test on'],
    ['one patient is to learn from', ['train', 'test'], 'No val: all pictures to learn from are of one patient'],
    ['nothing is to learn from', ['val', 'test'], 'No train: no picture is in a part to learn from'],
    ['there is one patient', [undefined], 'No val: all pictures to learn from are of one patient'],
  ])('for YOLO say what is missing where %s', async (_, splits, said) => {
    const items = splits.map((split, at) =>
      fakeItem(String(at), { patient: String(at), origin: String(at), ...(split === undefined ? {} : { split }) }),
    );
    const { sink } = await exported(items, ['png', 'yolo']);
    expect(sink.text('data.yaml')).toContain(`# ${said}`);
  });

  it('for YOLO say so where no picture is known to show anything', async () => {
    const unclear = fakeItem('1', { lines: [line('effect', 'red')] });
    const { sink } = await exported([unclear], ['png', 'yolo']);
    expect(sink.text('data.yaml')).toContain('# No train and no val: of no picture it is known what it shows');
  });

  it('of every format have words that say what they are', () => {
    expect(EXPORT_FORMATS.every(({ about }) => about.length > 10)).toBe(true);
    expect(USUAL_FORMATS.every((id) => EXPORT_FORMATS.some((format) => format.id === id))).toBe(true);
  });
});
