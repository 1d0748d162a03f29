/** Masks from and to files. */

import { FileInput, FileOutput, SquareDashed } from 'lucide-react';
import { exportMaskPng, exportMasksSeg, importMasks } from '../../state/commands/maskFiles';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const actionImportMasks: Action = {
  name: 'mask.import',
  label: 'Import masks…',
  group: 'Mask',
  icon: FileInput,
  keywords: 'open load png dicom seg segmentation',
  predicate: (state) => currentDocument(state) !== undefined,
  perform: async (studio) => {
    const files = await studio.services.pickFiles();
    if (files.length > 0) await importMasks(studio, files);
  },
};

export const actionExportMaskPng: Action = {
  name: 'mask.exportPng',
  label: 'Export mask in use as PNG',
  group: 'Mask',
  icon: SquareDashed,
  keywords: 'save download segmentation',
  predicate: (state) => currentDocument(state)?.mask !== undefined,
  perform: exportMaskPng,
};

export const actionExportMasksSeg: Action = {
  name: 'mask.exportSeg',
  label: 'Export masks as DICOM SEG',
  group: 'Mask',
  icon: FileOutput,
  keywords: 'save download segmentation',
  predicate: (state) => currentDocument(state)?.masks.some(({ mask }) => mask !== undefined) ?? false,
  perform: exportMasksSeg,
};
