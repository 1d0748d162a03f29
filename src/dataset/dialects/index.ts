/** Every dialect that is known, and which one a table speaks. */

import { chexpert } from './chexpert';
import { counterpart } from './counterpart';
import { cxrlt } from './cxrlt';
import type { Dialect } from './dialect';
import { huggingFace, huggingFaceList } from './huggingFace';
import { mimicFilms, mimicLabels, mimicSplit } from './mimic';
import { nih, nihList } from './nih';
import { openiFilms, openiReports } from './openi';
import { padchest } from './padchest';
import { rsna } from './rsna';
import { siim } from './siim';
import { vindrBoxes } from './vindr';

export const DIALECTS: readonly Dialect[] = [
  chexpert,
  mimicFilms,
  mimicLabels,
  mimicSplit,
  nih,
  nihList,
  vindrBoxes,
  rsna,
  siim,
  openiFilms,
  openiReports,
  padchest,
  cxrlt,
  huggingFace,
  huggingFaceList,
  counterpart,
];

/** By the columns alone, not by the file's name. @param columns as `columnKey` writes them */
export function dialectOf(columns: ReadonlySet<string>): Dialect | undefined {
  return DIALECTS.filter(({ needs }) => needs.every((column) => columns.has(column))).sort(
    (one, other) => other.needs.length - one.needs.length,
  )[0];
}
