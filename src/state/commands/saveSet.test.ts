import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../dataset/csv';
import { fakeFile, fakeStudio } from '../testing/fakes';
import { generate } from './generate';
import { decodePng } from '../../imaging/png';
import { openFiles } from './openFiles';
import { typeText } from './request';
import { canSaveSet, saveSet } from './saveSet';
import { startEngine } from './startEngine';

async function studioWith(files: readonly string[]) {
  const saved: { bytes: Uint8Array; name: string }[] = [];
  const studio = fakeStudio({
    save: (bytes, name) => {
      saved.push({ bytes, name });
    },
  });
  await startEngine(studio);
  for (const file of files) {
    await openFiles(studio, [fakeFile(file)]);
    typeText(studio, 'severe right lower zone opacity');
    await generate(studio);
  }
  return { studio, saved };
}

describe('a set of all results', () => {
  it('has those of every open radiograph, and says how many are in doubt', async () => {
    const { studio, saved } = await studioWith(['one.dcm', 'two.dcm']);
    await saveSet(studio, 'png8');
    expect(saved[0]?.name).toMatch(/-set\.zip$/);
    const files = unzipSync(saved[0]?.bytes ?? new Uint8Array());
    expect(Object.keys(files).filter((name) => name.startsWith('images/'))).toEqual([
      'images/00001.png',
      'images/00002.png',
    ]);
    const depth = (bytes: Uint8Array | undefined): number => decodePng(bytes ?? new Uint8Array(), 'x.png').bitsStored;
    expect(depth(files['images/00001.png'])).toBe(8);
    expect(new TextDecoder().decode(files['metadata.csv']).trim().split('\r\n')).toHaveLength(3);
    expect(studio.store.getState().notices).toMatchObject([
      { tone: 'success', title: expect.stringMatching(/^2 results saved as a set/) as string },
    ]);
    await saveSet(studio, 'png');
    expect(depth(unzipSync(saved[1]?.bytes ?? new Uint8Array())['images/00001.png'])).toBe(12);
  });

  it('cannot be saved where nothing was made', async () => {
    const { studio, saved } = await studioWith([]);
    await openFiles(studio, [fakeFile('one.dcm')]);
    expect(canSaveSet(studio.store.getState())).toBe(false);
    await saveSet(studio, 'dicom');
    expect(saved).toEqual([]);
  });

  it('knows two frames of one file as one patient', async () => {
    const { studio, saved } = await studioWith(['cine 1.dcm', 'cine 2.dcm', 'other.dcm']);
    const dicomReference = { studyInstanceUid: '1', seriesInstanceUid: '2', sopClassUid: '3', sopInstanceUid: '4' };
    const { documents } = studio.store.getState();
    studio.store.setState({
      documents: documents.map((document, at) => {
        const { radiograph } = document;
        const pixels = radiograph.pixels.slice().fill(at, 0, 1);
        const frame = at < 2 && { dicomReference, frame: { number: at + 1, count: 2 } };
        return { ...document, radiograph: { ...radiograph, pixels, ...frame } };
      }),
    });
    await saveSet(studio, 'png8');
    const files = unzipSync(saved[0]?.bytes ?? new Uint8Array());
    const rows = rowsOf(new TextDecoder().decode(files['metadata.csv']));
    const [one, two, other] = rows.map(({ patient }) => patient);
    expect(new Set(rows.map(({ origin }) => origin)).size).toBe(3);
    expect(two).toBe(one);
    expect(other).not.toBe(one);
  });

  it('that cannot be handed over is told by name', async () => {
    const { studio } = await studioWith(['one.dcm']);
    studio.services.save = () => {
      throw new Error('disk is full');
    };
    await saveSet(studio, 'dicom');
    expect(studio.store.getState().notices).toMatchObject([{ tone: 'error' }]);
  });
});
