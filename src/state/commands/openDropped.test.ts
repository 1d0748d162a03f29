import { describe, expect, it } from 'vitest';
import { writeSegmentation } from '../../dicom/seg/write-seg';
import { emptyMask, encodeMaskPng, paintDisc } from '../../imaging/mask';
import { currentDocument } from '../slices/documents';
import { fakeFile, fakeStudio } from '../testing/fakes';
import { answerMaskQuestion, openDropped } from './openDropped';

/** The size of the fakes' radiographs. */
const mask = () => paintDisc(emptyMask(64, 80), 30, 30, 9, 255);

const seg = {
  name: 'masks.dcm',
  bytes: () =>
    Promise.resolve(
      writeSegmentation({ width: 64, height: 80 }, [{ label: 'Lesion', mask: mask() }], { version: '1' }),
    ),
};
const png = { name: 'mask.png', bytes: () => Promise.resolve(encodeMaskPng(mask())) };

async function studioWithChest() {
  const studio = fakeStudio();
  await openDropped(studio, [fakeFile('chest.png')]);
  return { studio, names: () => studio.store.getState().documents.map(({ radiograph }) => radiograph.name) };
}

describe('what is dropped on the page', () => {
  it('is a mask of the radiograph on the screen where it is a DICOM segmentation', async () => {
    const { studio, names } = await studioWithChest();
    await openDropped(studio, [seg, fakeFile('other.png')]);
    expect(studio.store.getState().documents[0]?.masks.map(({ name }) => name)).toContain('Lesion');
    expect(names()).toEqual(['chest.png', 'other.png']);
  });

  it('is asked about where it is black and white and of the same size', async () => {
    const { studio, names } = await studioWithChest();
    await openDropped(studio, [png]);
    expect(studio.store.getState().maskQuestion).toEqual([png]);
    await answerMaskQuestion(studio, 'mask');
    expect(currentDocument(studio.store.getState())?.masks.map(({ name }) => name)).toContain('mask');
    expect(names()).toEqual(['chest.png']);
    expect(studio.store.getState().maskQuestion).toEqual([]);
  });

  it('is opened as a radiograph, or not at all, when that is the answer', async () => {
    const { studio, names } = await studioWithChest();
    await openDropped(studio, [png]);
    await answerMaskQuestion(studio, 'neither');
    expect(names()).toEqual(['chest.png']);
    await openDropped(studio, [png]);
    await answerMaskQuestion(studio, 'radiograph');
    expect(names()).toEqual(['chest.png', 'mask.png']);
  });

  it('is opened where nothing is open that it could be a mask of', async () => {
    const studio = fakeStudio();
    await openDropped(studio, [png]);
    expect(studio.store.getState().documents).toHaveLength(1);
  });

  it('is read one file at a time, and each file once', async () => {
    const { studio, names } = await studioWithChest();
    let open = 0;
    let most = 0;
    const reads = new Map<string, number>();
    const files = Array.from({ length: 12 }, (_, index) => ({
      name: `${String(index)}.dcm`,
      bytes: async () => {
        reads.set(`${String(index)}.dcm`, (reads.get(`${String(index)}.dcm`) ?? 0) + 1);
        most = Math.max(most, ++open);
        await new Promise((resolve) => setTimeout(resolve));
        open--;
        return new Uint8Array([1, 2, 3]);
      },
    }));
    await openDropped(studio, files);
    expect(most).toBe(1);
    expect([...reads.values()]).toEqual(files.map(() => 1));
    expect(names()).toHaveLength(13);
  });

  it('is a mask of the radiograph that it was dropped on, whatever was dropped with it', async () => {
    const { studio, names } = await studioWithChest();
    await openDropped(studio, [png, fakeFile('other.png'), seg]);
    expect(currentDocument(studio.store.getState())?.radiograph.name).toBe('chest.png');
    studio.store.getState().showDocument('radiograph other.png');
    await answerMaskQuestion(studio, 'mask');
    const [chest, other] = studio.store.getState().documents;
    expect(chest?.masks.map(({ name }) => name)).toEqual(['Lesion', 'mask']);
    expect(other?.masks).toEqual([]);
    expect(names()).toEqual(['chest.png', 'other.png']);
  });
});
