/** Masks from and to files. */

import { FileInput, FileOutput, SquareDashed } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { exportMaskPng, exportMasksSeg, importMasks } from '../../state/commands/maskFiles';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const actionImportMasks: Action = {
  name: 'mask.import',
  label: say.importMasks,
  group: 'Mask',
  icon: FileInput,
  keywords: say.importMasksKeywords,
  predicate: (state) => currentDocument(state) !== undefined,
  perform: async (studio) => {
    const files = await studio.services.pickFiles();
    if (files.length > 0) await importMasks(studio, files);
  },
};

export const actionExportMaskPng: Action = {
  name: 'mask.exportPng',
  label: say.exportMaskPng,
  group: 'Mask',
  icon: SquareDashed,
  keywords: say.exportMaskPngKeywords,
  predicate: (state) => currentDocument(state)?.mask !== undefined,
  perform: exportMaskPng,
};

export const actionExportMasksSeg: Action = {
  name: 'mask.exportSeg',
  label: say.exportMasksSeg,
  group: 'Mask',
  icon: FileOutput,
  keywords: say.exportMasksSegKeywords,
  predicate: (state) => currentDocument(state)?.masks.some(({ mask }) => mask !== undefined) ?? false,
  perform: exportMasksSeg,
};
