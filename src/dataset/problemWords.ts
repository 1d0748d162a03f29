/** What was found wrong with tables, in words that come after a number. */

import * as say from '../messages/en/dataset';
import type { ProblemKind } from './filmTable';

const WORDS: Readonly<Record<ProblemKind, () => string>> = {
  'row-without-file': say.rowWithoutFile,
  'row-ragged': say.rowRagged,
  'duplicate-row': say.duplicateRow,
  'contradicting-rows': say.contradictingRows,
  'two-patients': say.twoPatients,
  'patient-in-two-splits': say.patientInTwoSplits,
  'split-missing': say.splitMissing,
  'label-unreadable': say.labelUnreadable,
  'class-misspelt': say.classMisspelt,
  'view-left-out': say.viewLeftOut,
  'study-without-film': say.studyWithoutFilm,
  'film-without-labels': say.filmWithoutLabels,
  'film-without-file': say.filmWithoutFile,
  'file-without-row': say.fileWithoutRow,
  'file-twice': say.fileTwice,
};

export function problemWords(kind: ProblemKind): string {
  return WORDS[kind]();
}
