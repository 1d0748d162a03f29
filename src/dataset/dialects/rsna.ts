/** RSNA Pneumonia Detection Challenge 2018: a row a box, Target 1 where there is one (films are named by patientId). */

import type { Dialect } from './dialect';

export const rsna: Dialect = {
  id: 'rsna-pneumonia',
  title: 'RSNA pneumonia',
  needs: ['patientid', 'x', 'y', 'width', 'height', 'target'],
  role: 'films',
  file: { columns: ['patientid'] },
  patient: { columns: ['patientid'] },
  manyRows: true,
  // "Lung opacity suspicious for pneumonia" is what was boxed.
  labels: { kind: 'flag', column: 'target', name: 'Lung Opacity', finding: 'lung_opacity', negative: /^0/ },
};
