/** SIIM-ACR Pneumothorax Segmentation 2019: a run-length mask a row, -1 where there is none. */

import type { Dialect } from './dialect';

export const siim: Dialect = {
  id: 'siim-acr',
  title: 'SIIM-ACR pneumothorax',
  needs: ['imageid', 'encodedpixels'],
  role: 'films',
  file: { columns: ['imageid'] },
  manyRows: true,
  labels: { kind: 'flag', column: 'encodedpixels', name: 'Pneumothorax', finding: 'pneumothorax', negative: /^-1$/ },
};
