/** PadChest: a list of terms a film, in brackets and quotes (Bustos et al., Medical Image Analysis 2020). */

import { classesNamed } from './classNames';
import type { Dialect } from './dialect';

export const padchest: Dialect = {
  id: 'padchest',
  title: 'PadChest',
  needs: ['imageid', 'patientid', 'projection', 'labels'],
  role: 'films',
  file: { columns: ['imageid'] },
  patient: { columns: ['patientid'] },
  frontal: { column: 'projection', is: /^(?:pa|ap|ap_horizontal)$/i },
  labels: {
    kind: 'list',
    columns: ['labels'],
    separator: /[[\]]|,\s*(?=['"])/,
    classes: classesNamed(
      'normal',
      'atelectasis',
      'cardiomegaly',
      'consolidation',
      'pulmonary edema',
      'pleural effusion',
      'emphysema',
      'pulmonary fibrosis',
      'hiatal hernia',
      'infiltrates',
      'pulmonary mass',
      'nodule',
      'pneumonia',
      'pneumothorax',
      'pleural thickening',
      'alveolar pattern',
    ),
  },
};
