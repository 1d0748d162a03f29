/** NIH ChestX-ray14: Data_Entry_2017.csv, and train_val_list.txt and test_list.txt beside it (Wang et al., CVPR 2017). */

import { classesNamed } from './classNames';
import type { Dialect } from './dialect';

export const NIH_CLASSES = classesNamed(
  'No Finding',
  'Atelectasis',
  'Cardiomegaly',
  'Consolidation',
  'Edema',
  'Effusion',
  'Emphysema',
  'Fibrosis',
  'Hernia',
  'Infiltration',
  'Mass',
  'Nodule',
  'Pleural_Thickening',
  'Pneumonia',
  'Pneumothorax',
);

export const nih: Dialect = {
  id: 'nih-chestxray14',
  title: 'NIH ChestX-ray14',
  needs: ['image index', 'finding labels'],
  role: 'films',
  file: { columns: ['image index'] },
  patient: { columns: ['patient id'] },
  split: { columns: ['split', 'fold'] },
  labels: { kind: 'list', columns: ['finding labels'], separator: /\|/, classes: NIH_CLASSES },
};

/** A list of file names without a header; its own name says which part of the split it is. */
export const nihList: Dialect = {
  id: 'nih-list',
  title: 'list of films',
  // Given by the reader where the first line is the name of a picture.
  needs: ['file of a list', 'split of a list'],
  role: 'facts',
  file: { columns: ['file of a list'] },
  split: { columns: ['split of a list'] },
  labels: { kind: 'none' },
  partner: 'Data_Entry_2017.csv',
};
