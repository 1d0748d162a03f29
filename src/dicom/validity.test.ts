import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { emptyMask, paintDisc } from '../imaging/mask';
import { encodePng } from '../imaging/png';
import { openRadiograph } from './open';
import { writeReceipt } from './sr/write-receipt';
import { writeSegmentation } from './seg/write-seg';
import { DICOM_JPEG_FIXTURES } from './testing/jpeg-fixtures';
import { chestAttributes, words, writeDicom, type Attributes } from './testing/write-dicom';
import { sourceStudy } from './web/source-study';
import { SECONDARY_CAPTURE, writeCounterfactual } from './write-counterfactual';

/** The validator of Debian's dicom3tools: `apt-get install dicom3tools`. */
const hasValidator = spawnSync('dciodvfy', ['-version']).error === undefined;

/** What it finds that is none, as docs/files.md says. */
const KNOWN = [/<\/\(0008,001c\)> - Attribute with an even group number is not a recognized standard attribute/];

const folder = mkdtempSync(join(tmpdir(), 'dciodvfy-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function errorsIn(bytes: Uint8Array): readonly string[] {
  const file = join(folder, 'file.dcm');
  writeFileSync(file, bytes);
  const { stderr, stdout } = spawnSync('dciodvfy', ['-new', file], { encoding: 'utf8' });
  return `${stderr}${stdout}`
    .split('\n')
    .filter((line) => line.startsWith('Error') && !KNOWN.some((known) => known.test(line)));
}

const SIZE = 64;
const values = Uint16Array.from({ length: SIZE * SIZE }, (_, i) => i % 4096);
const IDENTIFIED: Attributes = {
  '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.1.1'],
  '00080018': ['UI', '1.2.3.4.5'],
  '0020000D': ['UI', '1.2.3'],
  '0020000E': ['UI', '1.2.3.4'],
};
const dicom = (fields: Attributes): Uint8Array =>
  writeDicom({
    attributes: { ...chestAttributes(SIZE, SIZE), ...IDENTIFIED, '7FE00010': ['OW', words(values)], ...fields },
  });
const table = (bits: number): Attributes => ({
  '00283010': ['SQ', [{ '00283002': ['US', [4096, 0, bits]], '00283006': ['OW', words(values.slice(0, 4096))] }]],
});

const SOURCES: Readonly<Record<string, () => Uint8Array | Promise<Uint8Array>>> = {
  'a DX': () => dicom({}),
  'a DX that states sides, losses and burned-in text': () =>
    dicom({
      '00200020': ['CS', 'L\\F'],
      '00200062': ['CS', 'U'],
      '00280301': ['CS', 'YES'],
      '00282110': ['CS', '01'],
      '00282112': ['DS', '12.5'],
      '00282114': ['CS', 'ISO_10918_1'],
    }),
  'signed values of MONOCHROME1': () => dicom({ '00280004': ['CS', 'MONOCHROME1'], '00280103': ['US', [1]] }),
  'the second of three frames': () =>
    dicom({
      '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.7.3'],
      '00280008': ['IS', '3'],
      '7FE00010': ['OW', new Uint8Array([...words(values), ...words(values), ...words(values)])],
    }),
  'a sigmoid': () => dicom({ '00281056': ['CS', 'SIGMOID'] }),
  'a VOI table of 12 bits': () => dicom(table(12)),
  'a DICOM file without identifiers': () => dicom({ '0020000D': ['UI', ''], '00080018': ['UI', ''] }),
  'a PNG': async () => encodePng(await openRadiograph(dicom({}), 'chest.dcm'), {}),
  'a JPEG': () => Buffer.from(DICOM_JPEG_FIXTURES[0].file, 'base64'),
};

describe.skipIf(!hasValidator)(
  'what is written is valid to dciodvfy (skipped where dicom3tools are not installed)',
  () => {
    it.each(Object.keys(SOURCES))('made from %s: result and segmentation', async (kind) => {
      const bytes = await SOURCES[kind]?.();
      const film = await openRadiograph(bytes ?? new Uint8Array(), kind, kind.startsWith('the second') ? 2 : undefined);
      const mask = paintDisc(emptyMask(film.width, film.height), 30, 30, 9, 255);
      const options = { version: '0.11.0', description: 'Asked.', recipe: '{"seed":1}' };
      expect(errorsIn(writeCounterfactual({ ...film, synthetic: true }, options))).toEqual([]);
      const source = sourceStudy(
        { '00080020': { Value: ['20240229'] }, '00100021': { Value: ['Ward'] } },
        '1.2.3',
        'pacs',
      );
      expect(errorsIn(writeCounterfactual({ ...film, synthetic: true }, { ...options, source }))).toEqual([]);
      const segments = [
        { label: 'Lesion', mask },
        { label: 'Empty', mask: emptyMask(film.width, film.height) },
      ];
      expect(errorsIn(writeSegmentation(film, segments, { version: '0.11.0' }))).toEqual([]);
      const { dicomReference: reference, frame } = film;
      const receipt = await writeReceipt(
        {
          verdict: 'amber',
          lines: [
            {
              id: 'effect',
              question: 'Did it come?',
              verdict: 'amber',
              reason: 'A bit.',
              key: undefined,
              figures: [{ label: 'Now', value: '52 %' }],
            },
            { id: 'undo', question: 'Can it go?', verdict: undefined, reason: '', key: undefined, figures: [] },
          ],
        },
        {
          version: '0.11.0',
          request: 'mild effusion',
          result: {
            studyInstanceUid: '2.25.1',
            seriesInstanceUid: '2.25.2',
            sopClassUid: SECONDARY_CAPTURE,
            sopInstanceUid: '2.25.3',
            instanceNumber: 1,
          },
          source: reference && { reference, frame },
        },
      );
      expect(errorsIn(receipt)).toEqual([]);
    });
  },
);
