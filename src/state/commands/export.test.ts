import { describe, expect, it, vi } from 'vitest';
import { recipeFromText } from '../../counterfactual/recipe';
import { openRadiograph } from '../../dicom/open';
import { decodePng, readPngText } from '../../imaging/png';
import { toPresentation } from '../../imaging/presentation';
import { imageNow } from '../../record/pixels/storedCounterfactual';
import { currentVersion } from '../slices/documents';
import { fakeFile, fakeStudio } from '../testing/fakes';
import { exportedRecipe, fileStem } from '../exportIdentity';
import { RECIPE_KEYWORD } from '../../export/about';
import { copyRecipe, saveAsDicom, saveCounterfactual, saveMask, saveStoredPng } from './export';
import { generate } from './generate';
import { openFiles } from './openFiles';
import { typeText } from './request';
import { startEngine } from './startEngine';

async function studioWithResult() {
  const saved: { bytes: Uint8Array; name: string }[] = [];
  const copyText = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
  const studio = fakeStudio({
    copyText,
    save: (bytes, name) => {
      saved.push({ bytes, name });
    },
  });
  await startEngine(studio);
  await openFiles(studio, [fakeFile('Mr. Müller/chest.dcm')]);
  typeText(studio, 'severe right lower zone opacity');
  await generate(studio);
  return { studio, saved, copyText };
}

describe('export', () => {
  it('saves the counterfactual as it is seen, 8 bits, said to be synthetic, with the recipe inside', async () => {
    const { studio, saved } = await studioWithResult();
    await saveCounterfactual(studio);
    const [file] = saved;
    const image = imageNow(currentVersion(studio.store.getState()));
    if (file === undefined || image === undefined) throw new Error('a file was saved');
    const read = decodePng(file.bytes, file.name);
    expect([read.width, read.height, read.bitsStored, read.synthetic]).toEqual([64, 80, 8, true]);
    expect([...read.pixels]).toEqual(Array.from(toPresentation(image), (grey) => Math.round(255 * grey)));
    expect(readPngText(file.bytes)[RECIPE_KEYWORD]).toContain('right_lower');
  });

  it('saves it as stored on request', async () => {
    const { studio, saved } = await studioWithResult();
    await saveStoredPng(studio);
    const [file] = saved;
    if (file === undefined) throw new Error('a file was saved');
    const image = imageNow(currentVersion(studio.store.getState()));
    const read = decodePng(file.bytes, file.name);
    expect([read.width, read.height, read.bitsStored, read.synthetic]).toEqual([64, 80, 12, true]);
    expect([...read.pixels]).toEqual([...(image?.pixels ?? [])]);
    const recipe: unknown = JSON.parse(readPngText(file.bytes)[RECIPE_KEYWORD] ?? '');
    const { source: _, ...made } = currentVersion(studio.store.getState())?.counterfactual.recipe ?? {};
    expect(recipe).toEqual({ ...made, source: { sha256: 'a'.repeat(64) } });
  });

  it('saves it as DICOM with the same values', async () => {
    const { studio, saved } = await studioWithResult();
    await saveAsDicom(studio);
    const [file] = saved;
    if (file === undefined) throw new Error('a file was saved');
    expect(file.name).toMatch(/-counterfactual-\d+\.dcm$/);
    const read = await openRadiograph(file.bytes, file.name);
    const image = imageNow(currentVersion(studio.store.getState()));
    expect([...read.pixels]).toEqual([...(image?.pixels ?? [])]);
    expect(read.synthetic).toBe(true);
  });

  it('saves the mask at the size of the radiograph', async () => {
    const { studio, saved } = await studioWithResult();
    await saveMask(studio);
    const mask = decodePng(saved[0]?.bytes ?? new Uint8Array(), 'mask.png');
    expect([mask.width, mask.height, mask.pixels[0], mask.pixels[20]]).toEqual([64, 80, 255, 0]);
  });

  it('copies the recipe as JSON and says so', async () => {
    const { studio, copyText } = await studioWithResult();
    await copyRecipe(studio);
    expect(JSON.parse(copyText.mock.calls[0]?.[0] ?? '')).toMatchObject({ synthetic: true });
    expect(studio.store.getState().notices).toMatchObject([{ tone: 'success' }]);
  });

  it('names files without what file systems dislike', () => {
    expect(['Mr. Müller/chest.dcm', '???', 'CR-MONO1-10-chest.dcm'].map((name) => fileStem(name))).toEqual([
      'Mr.-Müller-chest',
      'radiograph',
      'CR-MONO1-10-chest',
    ]);
  });

  it('reads a recipe of before, which has the file’s name, and hands it on with the name only where that is asked for', async () => {
    const { studio } = await studioWithResult();
    const counterfactual = currentVersion(studio.store.getState())?.counterfactual;
    if (counterfactual === undefined) throw new Error('a result was made');
    const old = {
      ...counterfactual,
      recipe: recipeFromText(
        JSON.stringify({ ...counterfactual.recipe, source: { name: 'old.dcm', sha256: 'a'.repeat(64) } }),
        'old.png',
      ),
    };
    expect(exportedRecipe({ namesInExports: false }, old).source).toEqual({ sha256: 'a'.repeat(64) });
    expect(exportedRecipe({ namesInExports: true }, old).source).toEqual({ name: 'old.dcm', sha256: 'a'.repeat(64) });
  });
});
