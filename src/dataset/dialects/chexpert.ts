/** CheXpert: https://aimi.stanford.edu/datasets/chexpert-chest-x-rays (Irvin et al., AAAI 2019). */

import { classesNamed } from './classNames';
import type { Dialect } from './dialect';

/** The labeller's fourteen; blank is "not mentioned", -1 "uncertain". */
export const CHEXPERT_CLASSES = classesNamed(
  'No Finding',
  'Enlarged Cardiomediastinum',
  'Cardiomegaly',
  'Lung Opacity',
  'Lung Lesion',
  'Edema',
  'Consolidation',
  'Pneumonia',
  'Atelectasis',
  'Pneumothorax',
  'Pleural Effusion',
  'Pleural Other',
  'Fracture',
  'Support Devices',
);

export const chexpert: Dialect = {
  id: 'chexpert',
  title: 'CheXpert',
  needs: ['path', 'frontal/lateral', 'enlarged cardiomediastinum'],
  role: 'films',
  file: { columns: ['path'] },
  patient: { columns: ['path'], pattern: /(patient\d+)/i },
  split: { columns: ['path'], pattern: /(?:^|\/)(train|valid|val|test)\// },
  frontal: { column: 'frontal/lateral', is: /^frontal$/i },
  labels: { kind: 'columns', classes: CHEXPERT_CLASSES },
};
