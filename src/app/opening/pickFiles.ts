/** Asks for files with the browser's own dialog. */

import type { OpenableFile } from '../../state/services';
import { toOpenable } from './droppedFiles';

/**
 * The chosen files, none if the dialog was cancelled.
 *
 * The input stays in the document until it is answered: outside of it nothing holds it while the dialog is open, and a browser that
 * collects it then forgets the answer.
 */
export async function pickFiles(): Promise<readonly OpenableFile[]> {
  // No filter: DICOM files often have no extension.
  return (await picked(() => undefined)).map(toOpenable);
}

/** All that lies in a folder, through its depth. */
export async function pickFilesOfFolder(): Promise<readonly OpenableFile[]> {
  const files = await picked((input) => {
    input.webkitdirectory = true;
  });
  return files.map(toOpenable);
}

/** The chosen files as the browser has them: too large to be read as a whole. @param extension with its dot */
export function pickBlobs(extension: string): Promise<readonly File[]> {
  return picked((input) => {
    input.accept = extension;
  });
}

function picked(prepare: (input: HTMLInputElement) => void): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    prepare(input);
    input.hidden = true;
    const answer = () => {
      input.remove();
      resolve([...(input.files ?? [])]);
    };
    input.addEventListener('change', answer);
    input.addEventListener('cancel', answer);
    document.body.append(input);
    input.click();
  });
}
