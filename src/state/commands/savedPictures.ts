/** With or without names: how results were last saved as DICOM in this visit, so that their receipts name what was saved. */

import type { Studio } from '../studio';

const SAVED = new WeakMap<Studio['store'], Map<string, boolean>>();

interface Of {
  readonly documentId: string;
  readonly versionId: string;
}

const keyOf = ({ documentId, versionId }: Of): string => `${documentId} ${versionId}`;

export function noteSaved({ store }: Pick<Studio, 'store'>, of: Of, namesInExports: boolean): void {
  SAVED.set(store, (SAVED.get(store) ?? new Map<string, boolean>()).set(keyOf(of), namesInExports));
}

/** Undefined: it was not saved. */
export function savedWithNames({ store }: Pick<Studio, 'store'>, of: Of): boolean | undefined {
  return SAVED.get(store)?.get(keyOf(of));
}
