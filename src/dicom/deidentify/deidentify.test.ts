import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDicom, type DataSet } from 'dicom-parser';
import { describe, expect, it } from 'vitest';
import { openRadiograph } from '../open';
import { EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../transfer-syntax';
import { chestAttributes, words, writeDicom, type Attributes } from '../testing/write-dicom';
import { deidentify, type DeidentifyOptions } from './deidentify';
import { Pseudonyms } from './pseudonyms';

const SIZE = 64;
const values = Uint16Array.from({ length: SIZE * SIZE }, (_, i) => (i * 7) % 4096);
const KEY = new Uint8Array(32).fill(7);
const MOVED: DeidentifyOptions = { dates: 'moved', keepCharacteristics: false };

/** Whatever names somebody, in all places where files have it. */
const IDENTIFIERS = [
  'Musterfrau',
  'Erika',
  'PID-4711',
  'OTHER-0815',
  'ACC-99',
  'Hausarzt',
  'Sankt Anna',
  'Hauptstrasse',
  'STATION7',
  '19481224',
  '20240229',
  '20240301',
  '1.3.46.670589.11.1',
  '1.3.46.670589.11.2',
  '1.3.46.670589.11.3',
  '1.3.46.670589.11.4',
  '1.3.46.670589.11.5',
  'SN12345',
  'private note',
  'Dr. Who',
  'tel 0123',
  '555-0199',
  'a comment about her',
];

const FULL: Attributes = {
  ...chestAttributes(SIZE, SIZE),
  '00080005': ['CS', 'ISO_IR 100'],
  '00080012': ['DA', '20240301'],
  '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.1.1'],
  '00080018': ['UI', '1.3.46.670589.11.3'],
  '00080020': ['DA', '20240229'],
  '00080021': ['DA', '20240229'],
  '0008002A': ['DT', '20240229101112.5'],
  '00080030': ['TM', '101112'],
  '00080050': ['SH', 'ACC-99'],
  '00080080': ['LO', 'Sankt Anna'],
  '00080081': ['ST', 'Hauptstrasse 1, tel 0123'],
  '00080090': ['PN', 'Hausarzt^Hans'],
  '00081010': ['SH', 'STATION7'],
  '00081030': ['LO', 'Thorax of Erika Musterfrau'],
  '00081070': ['PN', 'Dr. Who'],
  '00081140': [
    'SQ',
    [
      {
        '00081150': ['UI', '1.2.840.10008.5.1.4.1.1.1.1'],
        '00081155': ['UI', '1.3.46.670589.11.4'],
        '00090010': ['LO', 'ACME'],
        '00091001': ['LT', 'private note'],
      },
    ],
  ],
  '00090010': ['LO', 'ACME'],
  '00091001': ['LT', 'private note of Musterfrau'],
  '00091042': ['DA', '20240301'],
  '00100010': ['PN', 'Musterfrau^Erika'],
  '00100020': ['LO', 'PID-4711'],
  '00100030': ['DA', '19481224'],
  '00100040': ['CS', 'F'],
  '00101000': ['LO', 'OTHER-0815'],
  '00101010': ['AS', '075Y'],
  '00102154': ['SH', '555-0199'],
  '00104000': ['LT', 'a comment about her'],
  '00181000': ['LO', 'SN12345'],
  // In no row of the table: what is written into it is looked at.
  '00181020': ['LO', 'v1 for Musterfrau'],
  '0020000D': ['UI', '1.3.46.670589.11.1'],
  '0020000E': ['UI', '1.3.46.670589.11.2'],
  '00200052': ['UI', '1.3.46.670589.11.5'],
  '00204000': ['LT', 'a comment about her'],
  '00321032': ['PN', 'Hausarzt^Hans'],
  '00400275': ['SQ', [{ '00321060': ['LO', 'Erika'], '00400009': ['SH', 'ACC-99'] }]],
  '7FE00010': ['OW', words(values)],
};

async function pseudonyms(): Promise<Pseudonyms> {
  return Pseudonyms.of(KEY);
}

async function anonymous(fields: Attributes = {}, options = MOVED, transferSyntax = EXPLICIT_LITTLE) {
  const file = writeDicom({ transferSyntax, attributes: { ...FULL, ...fields } });
  // What some writers leave in the preamble.
  file.set(new TextEncoder().encode('Musterfrau'), 4);
  const made = await deidentify(file, 'film.dcm', await pseudonyms(), options);
  return { ...made, file, read: parseDicom(made.bytes) };
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('a de-identified file', () => {
  it.each([
    ['explicit', EXPLICIT_LITTLE],
    ['implicit', IMPLICIT_LITTLE],
  ])('holds none of what named somebody, in sequences and private attributes neither (%s)', async (_, syntax) => {
    for (const options of [MOVED, { dates: 'removed', keepCharacteristics: true }] as const) {
      const { bytes, file } = await anonymous({}, options, syntax);
      for (const identifier of IDENTIFIERS) {
        expect(text(file), identifier).toContain(identifier);
        expect(text(bytes), identifier).not.toContain(identifier);
      }
    }
  });

  it('has no private attribute, whatever its representation, and no long value that is no picture', async () => {
    const { read } = await anonymous({
      '00420011': ['OB', new Uint8Array(70_000)],
      '00660023': ['OW', words(new Uint16Array(40_000))],
    });
    const tags = Object.keys(read.elements);
    expect(tags.filter((tag) => parseInt(tag.slice(1, 5), 16) % 2 === 1)).toEqual([]);
    expect(tags).not.toContain('x00660023');
    expect(read.elements['x00420011']).toBeUndefined();
  });

  it('has the same pixels, and opens as the same radiograph', async () => {
    const { bytes, file } = await anonymous();
    const [before, after] = [await openRadiograph(file, 'a.dcm'), await openRadiograph(bytes, 'b.dcm')];
    expect([...after.pixels]).toEqual([...before.pixels]);
    const { width, height, bitsStored, window, viewPosition, pixelSpacing } = before;
    expect(after).toMatchObject({ width, height, bitsStored, window, viewPosition, pixelSpacing });
  });

  it('says what was done to it, and by which options', async () => {
    const codes = (read: DataSet) =>
      read.elements['x00120064']?.items?.map(({ dataSet }) => dataSet?.string('x00080100'));
    const moved = (await anonymous()).read;
    expect([moved.string('x00120062'), moved.string('x00280303')]).toEqual(['YES', 'MODIFIED']);
    expect(codes(moved)).toEqual(['113100', '113107']);
    const { read, done } = await anonymous({}, { dates: 'removed', keepCharacteristics: true });
    expect(read.string('x00280303')).toBe('REMOVED');
    expect(codes(read)).toEqual(['113100', '113108']);
    expect([read.string('x00100040'), read.string('x00101010')]).toEqual(['F', '075Y']);
    expect(done).toContainEqual({ tag: '00091001', what: 'removed' });
    expect(JSON.stringify(done)).not.toMatch(/Musterfrau|4711/);
  });

  it('keeps what belongs together: UIDs and patients by the key, dates apart by as many days', async () => {
    const one = await anonymous();
    const other = await anonymous({ '00080018': ['UI', '1.3.46.670589.11.9'], '00080020': ['DA', '20240310'] });
    for (const tag of ['x0020000d', 'x0020000e', 'x00100020', 'x00100010'])
      expect(one.read.string(tag)).toBe(other.read.string(tag));
    expect(one.read.string('x0020000d')).toMatch(/^2\.25\.\d{10,39}$/);
    expect(one.sopInstanceUid).not.toBe(other.sopInstanceUid);
    const day = (read: DataSet, tag: string): number => {
      const date = (read.string(tag) ?? '').slice(0, 8);
      return Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`) / 86_400_000;
    };
    expect(day(other.read, 'x00080020') - day(one.read, 'x00080020')).toBe(10);
    expect(one.read.string('x0008002a')?.slice(8)).toBe('101112.5');
    expect(day(one.read, 'x00080012') - day(one.read, 'x00080020')).toBe(1);
    // Whole weeks, so that a Thursday stays one.
    expect((day(one.read, 'x00080020') - Date.parse('2024-02-29') / 86_400_000) % 7).toBe(-0);
    const second = await Pseudonyms.of(new Uint8Array(32).fill(8));
    const elsewhere = await deidentify(one.file, 'film.dcm', second, MOVED);
    expect(elsewhere.sopInstanceUid).not.toBe(one.sopInstanceUid);
  });

  it('keeps UIDs that the standard defines, and the reference to another image as one to its new name', async () => {
    const { read } = await anonymous();
    const item = read.elements['x00081140']?.items?.[0]?.dataSet;
    expect(item?.string('x00081150')).toBe('1.2.840.10008.5.1.4.1.1.1.1');
    expect(item?.string('x00081155')).toBe(await (await pseudonyms()).uid('1.3.46.670589.11.4'));
    expect(Object.keys(item?.elements ?? {})).toEqual(['x00081150', 'x00081155']);
    expect(read.string('x00080016')).toBe('1.2.840.10008.5.1.4.1.1.1.1');
  });

  it.each([
    ['explicit', EXPLICIT_LITTLE],
    ['implicit', IMPLICIT_LITTLE],
  ])(
    'has no UID of its source where that is none, stands below the standard’s root or between spaces (%s)',
    async (_, syntax) => {
      const odd = [
        '1.2.3.4711-20240229',
        ' 1.3.46.77.5',
        'PAT4711',
        '1.2.840.10008.5.1.4.1.1.1.1.4711',
        '1.3.46.77.9\0\0x',
      ];
      for (const instance of odd) {
        const { bytes, read, sopInstanceUid } = await anonymous(
          {
            '00080018': ['UI', instance],
            '0020000D': ['UI', 'S-4711-19481224'],
            '00081140': ['SQ', [{ '00081155': ['UI', `${instance}\\1.3.46.77.6`] }]],
            '00181020': ['LO', 'see S-4711-19481224'],
          },
          MOVED,
          syntax,
        );
        expect(text(bytes)).not.toMatch(/4711|19481224|1\.3\.46\.77/);
        expect(read.string('x00080018')).toMatch(/^2\.25\.\d+$/);
        // What the meta information says, the data set says.
        expect([read.string('x00020003'), sopInstanceUid]).toEqual([
          read.string('x00080018'),
          read.string('x00080018'),
        ]);
      }
    },
  );

  it('keeps a vendor’s own SOP class and coding scheme, the same in the meta information', async () => {
    const fuji = '1.2.392.200036.9125.1.1.2';
    for (const syntax of [EXPLICIT_LITTLE, IMPLICIT_LITTLE]) {
      const { read } = await anonymous(
        {
          '00080016': ['UI', fuji],
          '00081140': ['SQ', [{ '00081150': ['UI', fuji], '0008010C': ['UI', '1.3.46.8.1.2.3'] }]],
        },
        MOVED,
        syntax,
      );
      const item = read.elements['x00081140']?.items?.[0]?.dataSet;
      expect([read.string('x00020002'), read.string('x00080016'), item?.string('x00081150')]).toEqual([
        fuji,
        fuji,
        fuji,
      ]);
      expect(item?.string('x0008010c')).toBe('1.3.46.8.1.2.3');
    }
    const { read } = await anonymous({ '00081140': ['SQ', [{ '00081150': ['UI', 'PAT4711'] }]] });
    expect(read.elements['x00081140']?.items?.[0]?.dataSet?.string('x00081150')).toBeUndefined();
  });

  it.each([
    ['explicit', EXPLICIT_LITTLE],
    ['implicit', IMPLICIT_LITTLE],
  ])('keeps numbers and classes in which the figures of an identifier are found by chance (%s)', async (_, syntax) => {
    for (const id of ['143', '10008', '840', '2048']) {
      const { read } = await anonymous(
        {
          '00100020': ['LO', id],
          '00080050': ['SH', id],
          '00181020': ['LO', id],
          '00181164': ['DS', '0.143\\0.143'],
          '00280030': ['DS', '0.143\\0.143'],
          '00281050': ['DS', '2048'],
          '00281055': ['LO', `window of ${id}`],
        },
        MOVED,
        syntax,
      );
      expect(read.string('x00280030'), id).toBe('0.143\\0.143');
      expect(read.string('x00181164'), id).toBe('0.143\\0.143');
      expect(read.string('x00281050'), id).toBe('2048');
      expect(read.string('x00080016'), id).toBe('1.2.840.10008.5.1.4.1.1.1.1');
      // In text it is the identifier.
      expect([read.string('x00181020'), read.string('x00281055')], id).toEqual([undefined, undefined]);
    }
  });

  it('has no UID of its source inside words, and ends UIDs with a zero byte', async () => {
    for (const syntax of [EXPLICIT_LITTLE, IMPLICIT_LITTLE]) {
      const { read, bytes } = await anonymous(
        {
          '00181020': ['LO', 'see 1.3.46.670589.11.1'],
          '00081090': ['LO', 'series 1.3.46.670589.11.1.5'],
          '006A0003': ['UI', '1.3.46.670589.11.77'],
          '0020000E': ['UI', '1.3.46.670589.11.2\\1.3.46.670589.11.3'],
        },
        MOVED,
        syntax,
      );
      expect(text(bytes)).not.toContain('1.3.46.670589.11');
      expect(read.string('x00181020')).toBeUndefined();
      expect(read.string('x006a0003')).toBe(await (await pseudonyms()).uid('1.3.46.670589.11.77'));
      for (const tag of ['x0020000e', 'x0020000d', 'x006a0003']) {
        const { dataOffset = 0, length = 0 } = read.elements[tag] ?? {};
        expect(text(bytes.subarray(dataOffset, dataOffset + length)), tag).toMatch(/^[\d.\\]+\0?$/);
      }
    }
  });

  it('is of another patient where another place gave out the ID, or where only the name is the same', async () => {
    const { '00100020': _, '00100030': born, ...nameless } = FULL;
    const patient = async (fields: Attributes): Promise<string | undefined> => {
      const made = await deidentify(
        writeDicom({ attributes: { ...nameless, ...fields } }),
        'a.dcm',
        await pseudonyms(),
        MOVED,
      );
      return parseDicom(made.bytes).string('x00100010');
    };
    const id = { '00100020': ['LO', '1'] } as const;
    expect(await patient({ ...id, '00100021': ['LO', 'North'] })).not.toBe(
      await patient({ ...id, '00100021': ['LO', 'South'] }),
    );
    expect(await patient(id)).toBe(await patient({ ...id, '00100010': ['PN', 'Frau^Erika'] }));
    const anonym = { '00100010': ['PN', 'Anonymous'] } as const;
    const other = { '0020000D': ['UI', '1.3.46.1.2.3'] } as const;
    expect(await patient(anonym)).not.toBe(await patient({ ...anonym, ...other }));
    expect(await patient({ '00100030': born ?? ['DA', ''] })).toBe(
      await patient({ '00100030': born ?? ['DA', ''], ...other }),
    );
  });

  it('is to be looked at, unless the file says that nothing is burned in', async () => {
    expect((await anonymous()).warnings[0]).toContain('does not say');
    expect((await anonymous({ '00280301': ['CS', 'YES'] })).warnings[0]).toContain(
      'burned into the pixels, as the file',
    );
    expect((await anonymous({ '00280301': ['CS', 'NO'] })).warnings).toEqual([]);
  });

  it('has no overlay left, neither of its own nor in bits that the image does not use', async () => {
    const marked = values.map((value) => value | 0x8000);
    const { read, bytes } = await anonymous({
      '60000010': ['US', [SIZE]],
      '60000100': ['US', [16]],
      '60000102': ['US', [15]],
      '7FE00010': ['OW', words(marked)],
    });
    expect(Object.keys(read.elements).filter((tag) => tag.startsWith('x60'))).toEqual([]);
    const { dataOffset = 0, length = 0 } = read.elements['x7fe00010'] ?? {};
    expect([...bytes.subarray(dataOffset, dataOffset + length)]).toEqual([...words(values)]);
  });

  it('keeps compressed pixels as they are', async () => {
    const fragments = [Uint8Array.of(1, 2, 3, 4), Uint8Array.of(5, 6)];
    const { '7FE00010': _, ...attributes } = FULL;
    const transferSyntax = '1.2.840.10008.1.2.4.90';
    const file = writeDicom({ transferSyntax, attributes, fragments });
    const { bytes } = await deidentify(file, 'film.dcm', await pseudonyms(), MOVED);
    const read = parseDicom(bytes);
    expect(read.string('x00020010')).toBe(transferSyntax);
    expect(read.elements['x7fe00010']?.fragments?.map(({ length }) => length)).toEqual([4, 2]);
  });

  it('is none of what cannot be looked through: no image, no DICOM, big endian', async () => {
    const { '7FE00010': _, ...noImage } = FULL;
    const files = [
      writeDicom({ attributes: noImage }),
      new TextEncoder().encode('Erika Musterfrau'),
      writeDicom({ transferSyntax: EXPLICIT_BIG, attributes: FULL }),
    ];
    for (const file of files) {
      const made = deidentify(file, 'odd', await pseudonyms(), MOVED);
      await expect(made).rejects.toMatchObject({
        code: expect.stringMatching(/not-deidentified|truncated-dicom/) as string,
      });
    }
  });

  const hasValidator = spawnSync('dciodvfy', ['-version']).error === undefined;
  it.skipIf(!hasValidator)(
    'has no error to dciodvfy that its source has not (skipped without dicom3tools)',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'deidentify-'));
      const errorsIn = (bytes: Uint8Array): readonly string[] => {
        writeFileSync(join(folder, 'file.dcm'), bytes);
        const { stderr, stdout } = spawnSync('dciodvfy', ['-new', join(folder, 'file.dcm')], { encoding: 'utf8' });
        return `${stderr}${stdout}`.split('\n').filter((line) => line.startsWith('Error'));
      };
      for (const options of [MOVED, { dates: 'removed', keepCharacteristics: false }] as const) {
        const { bytes, file } = await anonymous({}, options);
        const before = new Set(errorsIn(file));
        expect(errorsIn(bytes).filter((error) => !before.has(error))).toEqual([]);
      }
      rmSync(folder, { recursive: true });
    },
  );
});
