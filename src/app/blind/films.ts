/** Films of a chosen folder, by their paths within it; each is decoded when it is shown. */

import { toPresentation } from '../../imaging/presentation';
import { openInWorker } from '../../worker/openInWorker';

/** Path below the chosen folder -> file. */
export type Folder = ReadonlyMap<string, File>;

/** Asks for a folder; empty when the dialog was cancelled. */
export function pickFolder(): Promise<Folder> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.webkitdirectory = true;
    input.hidden = true;
    const answer = (): void => {
      input.remove();
      resolve(
        new Map(
          [...(input.files ?? [])]
            .filter(({ name }) => !name.startsWith('.'))
            .map((file) => [withoutTop(file.webkitRelativePath), file]),
        ),
      );
    };
    input.addEventListener('change', answer);
    input.addEventListener('cancel', answer);
    document.body.append(input);
    input.click();
  });
}

/** "chosen/real/a.png" -> "real/a.png". */
export function withoutTop(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}

/** A film as light, under its own window: nothing of its name, its size or its notes is shown with it. */
export async function decodeFilm(file: File): Promise<ImageData> {
  const radiograph = await openInWorker(new Uint8Array(await file.arrayBuffer()), file.name);
  const grey = toPresentation(radiograph);
  const picture = new ImageData(radiograph.width, radiograph.height);
  grey.forEach((value, pixel) => {
    picture.data.fill(Math.round(value * 255), 4 * pixel, 4 * pixel + 3);
    picture.data[4 * pixel + 3] = 255;
  });
  return picture;
}
