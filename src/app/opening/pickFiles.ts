/** Asks for files with the browser's own dialog. */

import type { OpenableFile } from '../../state/services';
import { toOpenable } from './droppedFiles';

/**
 * The chosen files, none if the dialog was cancelled.
 *
 * The input stays in the document until it is answered: outside of it nothing holds it while the dialog is open, and a browser that
 * collects it then forgets the answer.
 */
export function pickFiles(): Promise<readonly OpenableFile[]> {
  return picked(() => undefined);
}

/** All that lies in a folder, through its depth. */
export function pickFilesOfFolder(): Promise<readonly OpenableFile[]> {
  return picked((input) => {
    input.webkitdirectory = true;
  });
}

function picked(prepare: (input: HTMLInputElement) => void): Promise<readonly OpenableFile[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    prepare(input);
    input.hidden = true;
    const answer = () => {
      input.remove();
      resolve([...(input.files ?? [])].map(toOpenable));
    };
    // No filter: DICOM files often have no extension.
    input.addEventListener('change', answer);
    input.addEventListener('cancel', answer);
    document.body.append(input);
    input.click();
  });
}
