/** A swap matrix as one picture: patients down, donors across, and on it that all of it is synthetic and not for diagnosis. */

import { inSlices } from '../../imaging/slices';
import * as errors from '../../messages/en/errors';
import * as notices from '../../messages/en/notices';
import { listed } from '../../messages/numbers';
import * as say from '../../messages/en/swap';
import { chosenMatrix, whyNotSaveMatrix, type ChosenMatrix } from '../../state/commands/swapMatrix';
import { exportedFile, exportedProjectFile, exportedTitle } from '../../state/exportIdentity';
import { toProblem } from '../../record/problem';
import type { StudioState } from '../../state/store';
import type { Studio } from '../../state/studio';
import { travelsByItself } from '../../state/swap';
import { zonesAsAsked } from '../../state/swapMatrix';
import { loadImage } from '../../record/pixels/storedCounterfactual';
import { thumbnailInSlices, type Thumbnail } from '../../record/thumbnail';
import { findingLabel } from '../findingLabel';
import { CAPTION, HEAD_PICTURE, MARGIN, PICTURE, sheetLayout, wrapped, type Box } from './matrixSheet';

const INK = '#eceff1';
const QUIET = '#adb5bc';
const ACCENT = '#6ad4e6';
const LINE = '#363d44';

type Context = OffscreenCanvasRenderingContext2D;

export async function saveMatrix(studio: Studio): Promise<void> {
  const { store, services } = studio;
  if (whyNotSaveMatrix(store.getState()) !== undefined) return;
  const state = store.getState();
  const matrix = chosenMatrix(state);
  const { recipients, donors } = matrix;
  const [only] = recipients.length === 1 ? recipients : [];
  try {
    const size = `${String(recipients.length)}x${String(donors.length)}`;
    const kind = `swap-matrix-${size}`;
    const name =
      only === undefined ? exportedProjectFile(state, kind, 'png') : await exportedFile(state, only.radiograph, kind);
    services.save(await sheetOf(matrix, state), name, 'image/png');
  } catch (error) {
    store
      .getState()
      .notify({ tone: 'error', title: notices.matrixNotSaved(), problems: [toProblem(error, errors.savingMatrix())] });
  }
}

async function sheetOf({ recipients, donors, cells }: ChosenMatrix, state: StudioState): Promise<Uint8Array> {
  const layout = sheetLayout(recipients.length, donors.length);
  const canvas = new OffscreenCanvas(layout.width, layout.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser offers no canvas to draw on.');
  context.textBaseline = 'top';
  context.imageSmoothingQuality = 'high';
  context.fillStyle = '#000';
  context.fillRect(0, 0, layout.width, layout.height);
  write(context, say.matrix(), { x: MARGIN, y: MARGIN, width: layout.width - 2 * MARGIN }, { size: 24, weight: 650 });
  write(
    context,
    say.sheetNote(),
    { x: MARGIN, y: MARGIN + 36, width: layout.width - 2 * MARGIN },
    { size: 15, colour: QUIET, lines: 2 },
  );
  write(context, say.sheetKey(), { ...layout.patient(0), y: layout.donor(0).y }, { size: 13, colour: QUIET, lines: 5 });
  donors.forEach(({ title, thumbnail, findings }, column) => {
    const { x, y, width } = layout.donor(column);
    place(context, thumbnail, { x, y, width: HEAD_PICTURE, height: HEAD_PICTURE });
    const beside = { x: x + HEAD_PICTURE + 12, width: width - HEAD_PICTURE - 12 };
    const below = write(
      context,
      state.namesInExports ? title : say.donorNumber({ number: column + 1 }),
      { ...beside, y: y + 8 },
      { size: 17, weight: 600, lines: 2 },
    );
    write(
      context,
      listed(findings.filter(travelsByItself).map(({ finding }) => findingLabel(finding))),
      { ...beside, y: below + 4 },
      { size: 14, colour: QUIET, lines: 2 },
    );
  });
  for (const [row, document] of recipients.entries()) {
    const { x, y, width } = layout.patient(row);
    const own = await inSlices(thumbnailInSlices(document.radiograph, width));
    place(context, own, { x, y, width: own.width, height: own.height });
    write(
      context,
      await exportedTitle(state, document.radiograph),
      { x, y: y + own.height + 8, width },
      { size: 16, weight: 600, lines: 3 },
    );
    for (const [column] of donors.entries()) {
      const box = layout.cell(row, column);
      const cell = cells[row]?.[column];
      context.strokeStyle = LINE;
      context.strokeRect(box.x - 0.5, box.y - 0.5, box.width + 1, box.height + 1);
      const caption = { x: box.x, y: box.y + PICTURE + 8, width: PICTURE, height: CAPTION };
      if (cell?.status !== 'done') {
        const itself = cell?.status === 'itself';
        if (itself) place(context, await inSlices(thumbnailInSlices(document.radiograph, PICTURE)), box);
        write(context, itself ? say.itsOwn() : say.nothingToChange(), caption, { size: 15, colour: QUIET });
        continue;
      }
      const { counterfactual } = cell.version;
      place(context, await inSlices(thumbnailInSlices(await loadImage(cell.version), PICTURE)), box);
      mark(context, box);
      write(context, say.zonesAsAsked({ right: zonesAsAsked(counterfactual) }), caption, { size: 15, colour: QUIET });
    }
  }
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
}

/** In the middle of the box, no larger than it is. */
function place(context: Context, { data, width, height }: Thumbnail, box: Box): void {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
  const scale = Math.min(1, box.width / width, box.height / height);
  const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
  context.drawImage(
    canvas,
    Math.round(box.x + (box.width - across) / 2),
    Math.round(box.y + (box.height - down) / 2),
    across,
    down,
  );
}

/** On each result, so that it stays with one that is cut out. */
function mark(context: Context, { x, y }: Box): void {
  const words = say.synthetic();
  context.font = font(14, 600);
  const width = context.measureText(words).width + 16;
  context.fillStyle = 'rgb(10 14 18 / 78%)';
  context.fillRect(x + 8, y + 8, width, 24);
  write(context, words, { x: x + 16, y: y + 13, width }, { size: 14, weight: 600, colour: ACCENT });
}

const font = (size: number, weight: number): string =>
  `${String(weight)} ${String(size)}px 'Inter Variable', system-ui, sans-serif`;

interface Writing {
  readonly size: number;
  readonly weight?: number;
  readonly colour?: string;
  readonly lines?: number;
}

/** @returns the height at which the next line would begin */
function write(
  context: Context,
  text: string,
  { x, y, width }: Omit<Box, 'height'>,
  { size, weight = 400, colour = INK, lines = 1 }: Writing,
): number {
  context.font = font(size, weight);
  context.fillStyle = colour;
  const step = Math.round(size * 1.3);
  const all = wrapped(text, (line) => context.measureText(line).width <= width, lines);
  all.forEach((line, index) => {
    context.fillText(line, x, y + index * step);
  });
  return y + all.length * step;
}
