/** MIMIC-CXR-JPG 2.x: metadata names the films, the CheXpert or NegBio file labels studies, the split file splits films (PhysioNet). */

import { CHEXPERT_CLASSES } from './chexpert';
import type { Dialect } from './dialect';

export const mimicFilms: Dialect = {
  id: 'mimic-cxr-jpg',
  title: 'MIMIC-CXR-JPG',
  needs: ['dicom_id', 'subject_id', 'study_id', 'viewposition'],
  role: 'films',
  file: { columns: ['dicom_id'] },
  study: { columns: ['study_id'] },
  patient: { columns: ['subject_id'] },
  frontal: { column: 'viewposition', is: /^(?:ap|pa)$/i },
  labels: { kind: 'none' },
  partner: 'mimic-cxr-2.0.0-chexpert.csv and mimic-cxr-2.0.0-split.csv',
};

export const mimicLabels: Dialect = {
  id: 'mimic-labels',
  title: 'labels of MIMIC-CXR-JPG',
  needs: ['subject_id', 'study_id', 'enlarged cardiomediastinum'],
  role: 'studies',
  file: { columns: ['study_id'] },
  labels: { kind: 'columns', classes: CHEXPERT_CLASSES },
  partner: 'mimic-cxr-2.0.0-metadata.csv',
};

export const mimicSplit: Dialect = {
  id: 'mimic-split',
  title: 'split of MIMIC-CXR-JPG',
  needs: ['dicom_id', 'study_id', 'subject_id', 'split'],
  role: 'facts',
  file: { columns: ['dicom_id'] },
  study: { columns: ['study_id'] },
  split: { columns: ['split'] },
  labels: { kind: 'none' },
  partner: 'mimic-cxr-2.0.0-metadata.csv',
};
