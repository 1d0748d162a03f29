/** Every way out of the studio, with a source that is full of identifiers: none of them may be in what leaves. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDicom } from 'dicom-parser';
import { unzipSync } from 'fflate';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openRadiograph } from '../dicom/open';
import { chestAttributes, words, writeDicom } from '../dicom/testing/write-dicom';
import { encodeMaskPng } from '../imaging/mask';
import { readPngText } from '../imaging/png';
import { isPng } from '../imaging/png-chunks';
import { candidateSets } from '../record/candidates';
import { copyRecipe, saveAsDicom, saveCounterfactual, saveMask, saveStoredPng } from '../state/commands/export';
import { generate, sweep } from '../state/commands/generate';
import { exportMaskPng, exportMasksSeg, importMasks } from '../state/commands/maskFiles';
import { openFiles } from '../state/commands/openFiles';
import { typeText } from '../state/commands/request';
import { saveReceipt } from '../state/commands/saveReceipt';
import { saveSet } from '../state/commands/saveSet';
import { startEngine } from '../state/commands/startEngine';
import { readDonor } from '../state/commands/swap';
import { chosenMatrix, runMatrix } from '../state/commands/swapMatrix';
import { currentDocument } from '../state/slices/documents';
import { createStudioStore } from '../state/store';
import type { Studio } from '../state/studio';
import { fakeAnalysis, fakeCounterfactual, fakeReading, fakeStudio } from '../state/testing/fakes';
import { saveSweep } from './candidates/saveSweep';
import { saveMatrix } from './swap/saveMatrix';

const FILE = 'DOE^JANE_MRN0012345_19610203.dcm';
const UID = '1.2.840.99999.7.31337';
/** What the file, its name, the mask's file and the user's words hold. */
const IDENTIFIERS = [
  'DOE',
  'JANE',
  'MRN',
  '0012345',
  '19610203',
  'ACC-77',
  'St. Nowhere',
  'Dr^Referrer',
  'Roe',
  'ward 9',
  '31337',
];

/** @param first of its pixels: films of different ones are not the same film */
function identifiedFile(first = 0): Uint8Array {
  const [width, height] = [64, 80];
  return writeDicom({
    attributes: chestAttributes(width, height, 12, {
      '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.1.1'],
      '00080018': ['UI', `${UID}.1`],
      '00080050': ['SH', 'ACC-77'],
      '00080080': ['LO', 'St. Nowhere'],
      '00080090': ['PN', 'Dr^Referrer'],
      '00100010': ['PN', 'DOE^JANE'],
      '00100020': ['LO', 'MRN0012345'],
      '00100030': ['DA', '19610203'],
      '0020000D': ['UI', `${UID}.2`],
      '0020000E': ['UI', `${UID}.3`],
      '7FE00010': ['OW', words(Array.from({ length: width * height }, (_, index) => (index + first) % 4096))],
    }),
  });
}

interface Left {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A canvas that keeps the words written on it. */
function paperThatKeeps(written: string[]) {
  return class {
    getContext() {
      const nothing = () => undefined;
      return {
        fillRect: nothing,
        strokeRect: nothing,
        putImageData: nothing,
        drawImage: nothing,
        measureText: () => ({ width: 1 }),
        fillText: (text: string) => {
          written.push(text);
        },
      };
    }
    convertToBlob() {
      return Promise.resolve({ arrayBuffer: () => Promise.resolve(Uint8Array.of(1).buffer) });
    }
  };
}

/** A result, a sweep, a matrix, a mask from a file: all that can be taken away. */
async function studioFullOfNames() {
  const left: Left[] = [];
  const written: string[] = [];
  vi.stubGlobal(
    'ImageData',
    class {
      constructor(
        readonly data: Uint8ClampedArray,
        readonly width: number,
        readonly height: number,
      ) {}
    },
  );
  vi.stubGlobal('OffscreenCanvas', paperThatKeeps(written));
  const studio = fakeStudio({
    open: openRadiograph,
    save: (bytes, name) => {
      left.push({ bytes, name });
    },
    copyText: (text) => {
      left.push({ bytes: new TextEncoder().encode(text), name: 'clipboard' });
      return Promise.resolve();
    },
    worker: {
      analyse: () => Promise.resolve(fakeAnalysis({ reading: fakeReading(0.6, [0, 0, 2, 0, 0, 1]) })),
      generate: (source, edit, { seed }) => {
        const made = fakeCounterfactual(source, edit, seed);
        return Promise.resolve({ ...made, image: { ...made.image, id: `${made.image.id} ${JSON.stringify(edit)}` } });
      },
    },
  });
  const file = { name: FILE, bytes: () => Promise.resolve(identifiedFile()) };
  await startEngine(studio);
  await openFiles(studio, [file]);
  typeText(studio, 'severe right lower zone opacity, DOE ward 9');
  await generate(studio);
  const document = () => {
    const open = currentDocument(studio.store.getState());
    if (open === undefined) throw new Error('a radiograph is open');
    return open;
  };
  const { id, radiograph } = document();
  studio.store.getState().updateDocument(id, 'history', (open) => ({
    ...open,
    versions: open.versions.map((version) => ({ ...version, name: 'of Mrs. DOE' })),
  }));
  await sweep(studio);
  studio.store.getState().toggleMatrixRecipient(id);
  studio.store.getState().addMatrixDonor({
    ...(await readDonor(studio, {
      kind: 'file',
      file: { name: 'Roe MRN.dcm', bytes: () => Promise.resolve(identifiedFile(1)) },
    })),
    key: 'donor',
  });
  await runMatrix(studio);
  await vi.waitFor(() => {
    expect(
      chosenMatrix(studio.store.getState())
        .cells.flat()
        .map(({ status }) => status),
    ).toEqual(['done']);
  });
  const mask = {
    width: radiograph.width,
    height: radiograph.height,
    data: new Uint8Array(radiograph.pixels.length).fill(255, 0, 99),
  };
  await importMasks(studio, [{ name: 'Roe_MRN.png', bytes: () => Promise.resolve(encodeMaskPng(mask)) }]);
  const [set] = candidateSets(document()).filter(({ kind }) => kind === 'sweep');
  if (set === undefined) throw new Error('a sweep was made');
  return { studio, left, written, set };
}

const EXPORTS: readonly (readonly [
  string,
  (studio: Studio, set: Parameters<typeof saveSweep>[1]) => void | Promise<void>,
])[] = [
  ['a picture', saveCounterfactual],
  ['a picture with its stored values', saveStoredPng],
  ['a DICOM file', saveAsDicom],
  ['a receipt as a DICOM report', saveReceipt],
  ['the mask of a result', saveMask],
  ['the recipe', copyRecipe],
  ['a set of pictures', (studio) => saveSet(studio, 'png8')],
  ['a set of stored values', (studio) => saveSet(studio, 'png')],
  ['a set of DICOM files', (studio) => saveSet(studio, 'dicom')],
  ['a mask', exportMaskPng],
  ['masks as a segmentation', exportMasksSeg],
  ['a sweep', saveSweep],
  ['the sheet of a matrix', saveMatrix],
];

/** Everything readable in a file: its name, its bytes, a PNG's compressed text, and what a zip file holds. */
function textsOf({ name, bytes }: Left): readonly string[] {
  const own = [name, new TextDecoder('latin1').decode(bytes), new TextDecoder('utf-16le').decode(bytes)];
  if (name.endsWith('.zip'))
    return [
      name,
      ...Object.entries(unzipSync(bytes)).flatMap(([part, content]) => textsOf({ name: part, bytes: content })),
    ];
  return isPng(bytes) ? [...own, ...Object.entries(readPngText(bytes)).flat()] : own;
}

function found(texts: readonly string[], identifiers: readonly string[] = IDENTIFIERS): readonly string[] {
  // A receipt asks "Does it resemble ...?": that is no Jane Doe; and among the digits of a new identifier any number may turn up.
  const words = texts.map((text) => text.toLowerCase().replaceAll(/\bdoes\b|\b2\.25\.\d+/g, ''));
  return identifiers.filter((identifier) => words.some((text) => text.includes(identifier.toLowerCase())));
}

describe('what leaves the studio', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it.each(EXPORTS)('names nobody: %s', async (_, save) => {
    const { studio, left, written, set } = await studioFullOfNames();
    await save(studio, set);
    expect(left.length).toBeGreaterThan(0);
    const texts = [...left.flatMap(textsOf), ...written];
    expect(found(texts)).toEqual([]);
  });

  it.each(EXPORTS)('has the file’s name where the user asks for it: %s', async (_, save) => {
    const { studio, left, written, set } = await studioFullOfNames();
    studio.store.getState().setNamesInExports(true);
    await save(studio, set);
    expect(found([...left.flatMap(textsOf), ...written], ['DOE', 'MRN'])).toEqual(['DOE', 'MRN']);
  });

  it('says whose masks are where names are asked for: an archive files them beside their film', async () => {
    const { studio, left } = await studioFullOfNames();
    studio.store.getState().setNamesInExports(true);
    await exportMasksSeg(studio);
    const [seg] = left;
    const read = parseDicom(seg?.bytes ?? new Uint8Array());
    expect(['x00100010', 'x00100020', 'x00100030', 'x0020000d'].map((tag) => read.string(tag))).toEqual([
      'DOE^JANE',
      'MRN0012345',
      '19610203',
      `${UID}.2`,
    ]);
  });

  it('names in a receipt the picture that was saved, also where names were switched since', async () => {
    const { studio, left } = await studioFullOfNames();
    await saveAsDicom(studio);
    studio.store.getState().setNamesInExports(true);
    await saveReceipt(studio);
    const [picture, receipt] = left.map(({ bytes }) => bytes);
    const instance = parseDicom(picture ?? new Uint8Array()).string('x00080018') ?? '-';
    expect(new TextDecoder('latin1').decode(receipt)).toContain(instance);
    await saveAsDicom(studio);
    await saveReceipt(studio);
    const other = parseDicom(left[2]?.bytes ?? new Uint8Array()).string('x00080018') ?? '-';
    expect(other).not.toBe(instance);
    expect(new TextDecoder('latin1').decode(left[3]?.bytes)).toContain(other);
  });

  it('tells one radiograph from another by the hash of its pixels, and results by their seed', async () => {
    const { studio, left } = await studioFullOfNames();
    await saveAsDicom(studio);
    await saveMask(studio);
    expect(left.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^radiograph-[0-9a-f]{8}-counterfactual-\d+\.dcm$/),
      expect.stringMatching(/^radiograph-[0-9a-f]{8}-mask\.png$/),
    ]);
  });

  it('does not remember that names were asked for', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => {
        kept.set(key, value);
      },
    };
    const store = createStudioStore(storage);
    store.getState().setNamesInExports(true);
    store.getState().setSingleKeys(false);
    expect(kept.size).toBe(1);
    const after = createStudioStore(storage).getState();
    expect([after.singleKeys, after.namesInExports]).toEqual([false, false]);
  });

  it('leaves by these ways only', () => {
    // A further one is added to the list above, and here.
    const leaving = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .map((file) => join('src', file).replaceAll('\\', '/'))
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|\/testing\//.test(file))
      .filter((file) =>
        /services\.(?:save|copyText)\(|\bsaveFile\(|createObjectURL|clipboard\.write/.test(readFileSync(file, 'utf8')),
      );
    expect(leaving.sort()).toEqual([
      // Measurements of the device.
      'src/app/bench/BenchPage.tsx',
      // A reading of films of the user's own folder, by their paths there: no export of the studio.
      'src/app/blind/BlindPage.tsx',
      // What browserServices does with what the others give it.
      'src/app/browserServices.ts',
      'src/app/candidates/saveSweep.ts',
      // A plan names films as the user's own table does, and is of use only beside it; the page says so.
      'src/app/dataset/DatasetDialog.tsx',
      // Takes no radiograph, name or result: see diagnostics/report.ts.
      'src/app/diagnostics/DiagnosticsDialog.tsx',
      // Findings, places and grades in words of the vocabulary; nothing that was typed.
      'src/app/receipt/ReportTexts.tsx',
      'src/app/saveFile.ts',
      'src/app/swap/saveMatrix.ts',
      // An error as it is on the screen, with the file that it is about.
      'src/app/ui/Problem.tsx',
      'src/state/commands/export.ts',
      'src/state/commands/maskFiles.ts',
      // The project itself: a copy of everything, which says so where it is saved.
      'src/state/commands/projectFile.ts',
      'src/state/commands/saveReceipt.ts',
      'src/state/commands/saveSet.ts',
    ]);
  });
});
