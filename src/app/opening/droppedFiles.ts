/** Files out of what was dropped or pasted. */

import type { OpenableFile } from '../../state/services';

export function toOpenable(file: File): OpenableFile {
  return { name: file.name, bytes: async () => new Uint8Array(await file.arrayBuffer()) };
}

/** Everything that is a file; text and links are no radiographs. */
export function filesOf(transfer: DataTransfer | null): readonly OpenableFile[] {
  return [...(transfer?.files ?? [])].map(toOpenable);
}
