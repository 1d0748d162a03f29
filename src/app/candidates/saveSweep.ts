/** A severity sweep as pictures: one contact sheet, and every grade as stored, with its recipe inside. */

import type { CounterfactualFacts } from '../../counterfactual/edit';
import { effectOf, severityOf } from '../../counterfactual/receipt/effectLine';
import { asSeen } from '../../imaging/as-seen';
import { encodePng } from '../../imaging/png';
import * as say from '../../messages/en/candidates';
import * as errors from '../../messages/en/errors';
import * as notices from '../../messages/en/notices';
import { fixed } from '../../messages/numbers';
import type { CandidateSet } from '../../record/candidates';
import { pngTexts } from '../../export/about';
import { exportedFile, exportedRecipe, exportedRequest, exportedTitle } from '../../state/exportIdentity';
import { toProblem } from '../../record/problem';
import { currentDocument } from '../../state/slices/documents';
import type { StudioState } from '../../state/store';
import type { Studio } from '../../state/studio';
import { loadImage } from '../../record/pixels/storedCounterfactual';
import { thumbnailOf, type Thumbnail } from '../../record/thumbnail';
import { severityWord } from '../../findings/words';

const LONGEST = 512;
const GAP = 12;
const CAPTION = 58;

export async function saveSweep(studio: Studio, set: CandidateSet): Promise<void> {
  const { store, services } = studio;
  const document = currentDocument(store.getState());
  if (document === undefined) return;
  const state = store.getState();
  const { radiograph } = document;
  try {
    const title = await exportedTitle(state, radiograph);
    services.save(
      await contactSheet(set, title, state),
      await exportedFile(state, radiograph, 'severity-sweep'),
      'image/png',
    );
    for (const version of set.items) {
      const recipe = exportedRecipe(state, version.counterfactual);
      const bytes = encodePng(asSeen(await loadImage(version)), pngTexts(recipe));
      services.save(
        bytes,
        await exportedFile(state, radiograph, `severity-${recipe.edit.severity.toFixed(2)}`),
        'image/png',
      );
    }
  } catch (error) {
    store
      .getState()
      .notify({ tone: 'error', title: notices.sweepNotSaved(), problems: [toProblem(error, errors.savingSweep())] });
  }
}

async function contactSheet(
  set: CandidateSet,
  name: string,
  { release, namesInExports }: Pick<StudioState, 'release' | 'namesInExports'>,
): Promise<Uint8Array> {
  const scale = release?.rulers.severityScale ?? 1;
  const worst = set.items.at(-1);
  const request = worst === undefined ? '' : exportedRequest({ namesInExports }, { ...worst, label: set.label });
  const pictures: { readonly counterfactual: CounterfactualFacts; readonly picture: Thumbnail }[] = [];
  for (const item of set.items)
    pictures.push({ counterfactual: item.counterfactual, picture: thumbnailOf(await loadImage(item), LONGEST) });
  const width = pictures.reduce((sum, { picture }) => sum + picture.width + GAP, GAP);
  const height = Math.max(...pictures.map(({ picture }) => picture.height)) + 2 * CAPTION + GAP;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser offers no canvas to draw on.');
  context.fillStyle = '#000';
  context.fillRect(0, 0, width, height);
  context.textBaseline = 'top';
  const write = (text: string, x: number, y: number, size: number, colour: string): void => {
    context.font = `${String(size)}px system-ui, sans-serif`;
    context.fillStyle = colour;
    context.fillText(text, x, y, width - x - GAP);
  };
  write(say.sheetTitle({ name, request, count: set.items.length }), GAP, GAP, 18, '#fff');
  write(say.synthetic(), GAP, GAP + 24, 13, '#aab');
  let x = GAP;
  for (const { counterfactual, picture } of pictures) {
    context.putImageData(new ImageData(picture.data, picture.width, picture.height), x, CAPTION);
    const read = severityOf(effectOf(counterfactual)[1], scale);
    write(
      say.asked({ grade: fixed(counterfactual.recipe.edit.severity, 2) }),
      x,
      CAPTION + picture.height + 8,
      16,
      '#fff',
    );
    write(
      say.readGrade({ grade: fixed(read, 1), name: severityWord(read) }),
      x,
      CAPTION + picture.height + 30,
      14,
      '#ccc',
    );
    x += picture.width + GAP;
  }
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
}
