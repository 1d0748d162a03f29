/** What words ask of a film that has been read: the edit that the studio would ask for, without a screen. Pure. */

import type { Edit, Reading } from '../counterfactual/edit';
import { focalCandidates, focalMask, type Searched } from '../counterfactual/locate/focal';
import { isRemoval } from '../findings/change';
import { formatEdits } from '../findings/editText';
import { turnsOne } from '../findings/editTurns';
import { impliedPlaces, knowledgeOf } from '../findings/knowledge';
import { ZONES, type Finding } from '../findings/vocabulary';
import { findingName } from '../findings/words';
import type { Mask, Radiograph } from '../imaging/radiograph';
import * as say from '../messages/en/findings';
import * as reasons from '../messages/en/reasons';
import * as request from '../messages/en/request';
import { listed } from '../messages/numbers';
import { allAsked, initialRequest, withText, type EditRequest } from '../record/editRequest';
import { NotLocatedError, RequestNotUnderstoodError } from '../run/errors';
import { wouldGrow } from './lessened';
import { locates } from './locate';
import { PRESENT, toEdit } from './requestedEdit';

/** A film, and what the networks read in it. */
export interface ReadFilm {
  readonly radiograph: Radiograph;
  readonly reading: Reading;
  readonly regions: Searched['regions'];
}

/**
 * Whatever the film: what of the words is read otherwise than it stands, or not at all, in words.
 * @throws RequestNotUnderstoodError
 */
export function remarksOnWords(words: string): readonly string[] {
  const { problem, mended = [], unrecognised } = withText(initialRequest(), words).understanding;
  if (problem !== undefined) throw new RequestNotUnderstoodError(problem.reason, problem.advice);
  const left = listed(unrecognised.map(({ text }) => say.quoted({ text })));
  return [
    ...mended.map(({ text, read }) => request.readAs({ text, read })),
    ...(left === '' ? [] : [request.notUnderstood({ words: left })]),
  ];
}

/** @throws RequestNotUnderstoodError, NotLocatedError where what is to go has one place and none is likely */
export function editOfWords(words: string, film: ReadFilm): Edit {
  const said = withText(initialRequest(), words);
  const { problem } = said.understanding;
  if (problem !== undefined) throw new RequestNotUnderstoodError(problem.reason, problem.advice);
  const asked = whereItIsRead(said, words, film.reading);
  const edit = toEdit(asked, locatedMask(film, asked), film.reading.zoneSeverity);
  const nowhere = edit.mask === undefined ? nowhereIn(edit) : undefined;
  if (nowhere !== undefined)
    throw new RequestNotUnderstoodError(say.noPlace({ finding: findingName(nowhere) }), say.nameOne());
  const grows = wouldGrow(words, edit.mask === undefined ? allAsked(asked) : [edit], film.reading, edit.mask);
  if (grows !== undefined)
    throw new RequestNotUnderstoodError(reasons.lessAlready({ finding: findingName(grows) }), reasons.paintOrRemove());
  return edit;
}

/** Opacity that becomes more or less, or another one, lies in the zones where it is read, where no place is named. */
function whereItIsRead(request: EditRequest, words: string, { zoneSeverity }: Reading): EditRequest {
  const zones = ZONES.filter((_, at) => (zoneSeverity[at] ?? 0) >= PRESENT);
  const turned = turnsOne(words);
  const changes = allAsked(request);
  const placed = changes.map((change) => {
    const { kind, finding, places } = change;
    const nowhere = !isRemoval(change) && impliedPlaces(finding, places).length === 0;
    return nowhere && knowledgeOf(finding).opacityLike && (kind === 'grade' || turned)
      ? { ...change, places: zones }
      : change;
  });
  const changed = zones.length > 0 && placed.some((each, at) => each !== changes[at]);
  return changed ? withText(initialRequest(), formatEdits(placed)) : request;
}

/** What comes has to lie somewhere: without a place nothing would be made, and it would read as if it had been asked for. */
function nowhereIn(edit: Edit): Finding | undefined {
  if (!isRemoval(edit) && impliedPlaces(edit.finding, edit.places).length === 0) return edit.finding;
  return edit.further?.find(({ severities }) => Object.keys(severities).length === 0)?.finding;
}

/** Where what is to go is likeliest to lie; undefined where the request says where, or is of no one place. */
function locatedMask({ radiograph, regions, reading }: ReadFilm, request: EditRequest): Mask | undefined {
  if (!locates(request, undefined)) return undefined;
  const searched = { radiograph, regions, opacityMap: reading.opacityMap };
  const [likeliest] = focalCandidates(searched, request.places, request.finding);
  if (likeliest === undefined) throw new NotLocatedError(radiograph.name, findingName(request.finding));
  return focalMask(likeliest, radiograph);
}
