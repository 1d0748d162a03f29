/** What words ask of a film that has been read: the edit that the studio would ask for, without a screen. Pure. */

import type { Edit, Reading } from '../counterfactual/edit';
import { focalCandidates, focalMask, type Searched } from '../counterfactual/locate/focal';
import { findingName } from '../findings/words';
import type { Mask, Radiograph } from '../imaging/radiograph';
import { initialRequest, withText, type EditRequest } from '../record/editRequest';
import { NotLocatedError, RequestNotUnderstoodError } from '../run/errors';
import { locates } from './locate';
import { toEdit } from './requestedEdit';

/** A film, and what the networks read in it. */
export interface ReadFilm {
  readonly radiograph: Radiograph;
  readonly reading: Reading;
  readonly regions: Searched['regions'];
}

/** @throws RequestNotUnderstoodError, NotLocatedError where what is to go has one place and none is likely */
export function editOfWords(words: string, film: ReadFilm): Edit {
  const asked = withText(initialRequest(), words);
  const { problem } = asked.understanding;
  if (problem !== undefined) throw new RequestNotUnderstoodError(problem.reason, problem.advice);
  return toEdit(asked, locatedMask(film, asked), film.reading.zoneSeverity);
}

/** Where what is to go is likeliest to lie; undefined where the request says where, or is of no one place. */
function locatedMask({ radiograph, regions, reading }: ReadFilm, request: EditRequest): Mask | undefined {
  if (!locates(request, undefined)) return undefined;
  const [likeliest] = focalCandidates({ radiograph, regions, opacityMap: reading.opacityMap }, request.places);
  if (likeliest === undefined) throw new NotLocatedError(radiograph.name, findingName(request.finding));
  return focalMask(likeliest, radiograph);
}
