/** VinDr-CXR: boxes by several radiologists, or their image labels (Nguyen et al., Scientific Data 2022; PhysioNet, Kaggle). */

import { classesNamed } from './classNames';
import type { Dialect } from './dialect';

const CLASSES = classesNamed(
  'No finding',
  'Aortic enlargement',
  'Atelectasis',
  'Calcification',
  'Cardiomegaly',
  'Clavicle fracture',
  'Consolidation',
  'Edema',
  'Emphysema',
  'Enlarged PA',
  'ILD',
  'Infiltration',
  'Lung Opacity',
  'Lung cavity',
  'Lung cyst',
  'Mediastinal shift',
  'Nodule/Mass',
  'Other lesion',
  'Pleural effusion',
  'Pleural thickening',
  'Pneumothorax',
  'Pulmonary fibrosis',
  'Rib fracture',
);

export const vindrBoxes: Dialect = {
  id: 'vindr-cxr',
  title: 'VinDr-CXR boxes',
  needs: ['image_id', 'class_name', 'x_min', 'y_min'],
  role: 'films',
  file: { columns: ['image_id'] },
  manyRows: true,
  labels: { kind: 'marks', column: 'class_name', reader: 'rad_id', classes: CLASSES },
};
