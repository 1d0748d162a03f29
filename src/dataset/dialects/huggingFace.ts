/** A Hugging Face image folder: metadata.csv or metadata.jsonl with file_name, and findings as columns or as a list. */

import { NIH_CLASSES } from './nih';
import type { Dialect } from './dialect';

const FACTS = {
  role: 'films',
  file: { columns: ['file_name'] },
  patient: { columns: ['patient', 'patient_id', 'subject_id'] },
  split: { columns: ['split'] },
  source: { columns: ['source'] },
} as const;

export const huggingFace: Dialect = {
  id: 'hugging-face',
  title: 'image folder (file_name)',
  needs: ['file_name'],
  ...FACTS,
  labels: { kind: 'columns', classes: undefined },
};

export const huggingFaceList: Dialect = {
  id: 'hugging-face-list',
  title: 'image folder (file_name, labels)',
  needs: ['file_name', 'labels'],
  ...FACTS,
  labels: { kind: 'list', columns: ['labels'], separator: /[|;,]/, classes: NIH_CLASSES },
};
