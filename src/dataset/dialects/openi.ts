/** Open-i (Indiana University): projections name the films, reports carry the coded problems of each study. */

import { classesNamed } from './classNames';
import type { Dialect } from './dialect';

export const openiFilms: Dialect = {
  id: 'open-i',
  title: 'Open-i',
  needs: ['uid', 'filename', 'projection'],
  role: 'films',
  file: { columns: ['filename'] },
  study: { columns: ['uid'] },
  patient: { columns: ['uid'] },
  frontal: { column: 'projection', is: /^frontal$/i },
  labels: { kind: 'none' },
  partner: 'indiana_reports.csv',
};

export const openiReports: Dialect = {
  id: 'open-i-reports',
  title: 'reports of Open-i',
  needs: ['uid', 'problems', 'findings'],
  role: 'studies',
  file: { columns: ['uid'] },
  labels: {
    kind: 'list',
    columns: ['problems'],
    separator: /;/,
    classes: classesNamed(
      'normal',
      'Atelectasis',
      'Pulmonary Atelectasis',
      'Cardiomegaly',
      'Consolidation',
      'Pulmonary Edema',
      'Pleural Effusion',
      'Pulmonary Emphysema',
      'Pulmonary Fibrosis',
      'Hernia, Hiatal',
      'Infiltrate',
      'Mass',
      'Nodule',
      'Opacity',
      'Pneumonia',
      'Pneumothorax',
    ),
  },
  partner: 'indiana_projections.csv',
};
