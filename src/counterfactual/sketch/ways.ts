/** Which parts of a request are drawn from what is known of them, and which are left to the denoiser. */

import { changeTo, comingFirst, gradeAt, isRemoval } from '../../findings/change';
import { TAKES_SHAPE } from '../../findings/lungShape';
import { TAKES_PATHOLOGY } from '../../findings/pathology';
import { TAKES_BACK } from '../../findings/taken';
import { canonicalPlaces } from '../../findings/places';
import { gradeSeen } from '../../findings/seen';
import type { Finding, Place, Severity } from '../../findings/vocabulary';
import type { Edit, Reading, Way } from '../edit';
import { SketchImpossibleError } from '../errors';
import { latentMask } from '../latentMask';
import { asFurther, partsOf } from '../parts';
import { findingName } from '../../findings/words';
import type { SketchWish } from '../../findings/wish';
import { sketcherOf } from './registry';
import type { Sketcher } from './sketch';

/** Severity from which there is opacity in a place that can go. */
const LEAST_PRESENT: Severity = 0.5;

/** One finding at places of one severity, or inside a painted mask. */
export interface Drawing {
  readonly edit: Pick<Edit, 'finding' | 'places' | 'severity' | 'mask'> & { readonly sketch?: SketchWish };
  /** It goes, drawn back to what is normal. */
  readonly remove?: true;
  /** It comes: what there is of it is never made less. */
  readonly comes?: true;
}

export interface Ways {
  /** For the denoiser: what goes, becomes less, or has no sketch. */
  readonly sampled: Edit | undefined;
  /** What goes, before anything is sampled; then, in the order of the request, what comes. */
  readonly drawn: readonly Drawing[];
}

/**
 * @param edit its places resolved
 * @param finds whether what goes beside other findings is found on the film; what is not is left to the denoiser
 * @throws SketchImpossibleError where a sketch is asked for by name and there is none
 */
export function waysOf(
  edit: Edit,
  reading: Reading,
  way: Way,
  finds: (drawing: Drawing) => boolean = () => false,
): Ways {
  if (way === 'twin-flow' || way === 'inpaint') return { sampled: edit, drawn: [] };
  const parts: readonly Edit[] = partsOf(edit);
  const split = parts.map((part) => splitPart(part, reading, (drawing) => parts.length === 1 || finds(drawing)));
  const drawn = goingFirst(airOverFluid(split.flatMap((each) => each.drawn)));
  if (drawn.length === 0) {
    if (way === 'sketch' && !isRemoval(edit)) throw noSketch(edit);
    // As it was asked, to the bit: the denoiser is not told of sketches.
    return { sampled: edit, drawn };
  }
  return { sampled: joined(split.flatMap(({ sampled }) => (sampled === undefined ? [] : [sampled]))), drawn };
}

/** What comes is drawn on the film without what goes. */
function goingFirst(drawn: readonly Drawing[]): readonly Drawing[] {
  return [...drawn.filter(({ remove }) => remove === true), ...drawn.filter(({ remove }) => remove !== true)];
}

/**
 * Fluid and air in one pleural space: the air is drawn first, and the fluid under it stands in a straight level, unless another
 * kind was asked for by name.
 */
function airOverFluid(drawn: readonly Drawing[]): readonly Drawing[] {
  const sideOf = (place: Place): string | undefined => place.split('_')[0];
  const air = drawn.filter(({ edit, remove }) => edit.finding === 'pneumothorax' && edit.mask === undefined && !remove);
  const sides = new Set(air.flatMap(({ edit }) => edit.places.map(sideOf)));
  if (sides.size === 0) return drawn;
  const others = drawn.filter((each) => !air.includes(each));
  return [
    ...air,
    ...others.flatMap((each) => {
      const { finding, places, mask, sketch } = each.edit;
      if (finding !== 'effusion' || mask !== undefined || each.remove || sketch?.options?.kind !== undefined)
        return [each];
      const under = places.filter((place) => sides.has(sideOf(place)));
      const beside = places.filter((place) => !under.includes(place));
      const level = { ...sketch, options: { ...sketch?.options, kind: 'level' } };
      return [
        ...(under.length === 0 ? [] : [{ ...each, edit: { ...each.edit, places: under, sketch: level } }]),
        ...(beside.length === 0 ? [] : [{ ...each, edit: { ...each.edit, places: beside } }]),
      ];
    }),
  ];
}

function splitPart(
  part: Edit,
  reading: Reading,
  finds: (drawing: Drawing) => boolean,
): { readonly sampled: Edit | undefined; readonly drawn: readonly Drawing[] } {
  const { finding, places, mask } = part;
  const sketcher = sketcherOf(finding);
  if (sketcher === undefined) return { sampled: part, drawn: [] };
  if (part.kind === 'remove' || part.severity === 0) {
    const going = away(part, 0);
    return isDrawnAway(sketcher, going, finds) ? { sampled: undefined, drawn: [going] } : { sampled: part, drawn: [] };
  }
  const { kind, severity, sketch } = part;
  const own = { finding, ...(sketch === undefined ? {} : { sketch }) };
  const comes = kind === 'add' ? ({ comes: true } as const) : {};
  if (sketch?.taken !== undefined && TAKES_BACK.has(finding)) {
    const bounded = mask === undefined ? {} : { mask };
    return {
      sampled: undefined,
      drawn: gradedDrawings(part).map(({ edit }) => ({ edit: { ...edit, ...bounded } })),
    };
  }
  if (mask !== undefined) {
    const more = kind === 'add' || severity > gradeSeen(finding, { cells: latentMask(mask) }, reading);
    if (more) return { sampled: undefined, drawn: [{ edit: { ...own, places, severity, mask }, ...comes }] };
    const lesser = away(part, severity);
    return lessens(sketcher, lesser, finds) ? { sampled: undefined, drawn: [lesser] } : { sampled: part, drawn: [] };
  }
  const asked = (place: Place): Severity => gradeAt(part, place);
  if (isAnothers(finding, sketch)) return inPlaceOfOwn(part, reading);
  const added = (place: Place): Severity => {
    switch (kind) {
      case 'add':
        return asked(place);
      case 'grade':
        return asked(place) - gradeSeen(finding, { places: [place] }, reading);
    }
  };
  const coming = places.filter((place) => asked(place) > 0 && added(place) > 0);
  const staying = places.filter((place) => !coming.includes(place));
  // One grade for all of its places, and less of it than there is.
  const lesser = away(part, severity);
  if (kind === 'grade' && coming.length === 0 && part.severities === undefined && lessens(sketcher, lesser, finds))
    return { sampled: undefined, drawn: [lesser] };
  const grades = [...new Set(coming.map(added))];
  return {
    sampled: staying.length === 0 ? undefined : toSampled(part, staying),
    drawn: grades.map((grade) => ({
      edit: { ...own, places: coming.filter((place) => added(place) === grade), severity: grade },
      ...comes,
    })),
  };
}

function isAnothers(finding: Finding, sketch: SketchWish | undefined): boolean {
  return (
    (sketch?.pathology !== undefined && TAKES_PATHOLOGY.has(finding)) ||
    (sketch?.shape !== undefined && TAKES_SHAPE.has(finding))
  );
}

/** Another patient's: this patient's own goes first, also where both have some, and the whole of the other's comes. */
function inPlaceOfOwn(
  part: Exclude<Edit, { kind: 'remove' }>,
  reading: Reading,
): { readonly sampled: Edit | undefined; readonly drawn: readonly Drawing[] } {
  const { places } = part;
  const asked = (place: Place): Severity => gradeAt(part, place);
  const own = places.filter(
    (place) => asked(place) === 0 || gradeSeen(part.finding, { places: [place] }, reading) >= LEAST_PRESENT,
  );
  return {
    sampled:
      own.length === 0
        ? undefined
        : toSampled({ ...part, severities: Object.fromEntries(own.map((place) => [place, 0])) }, own),
    drawn: gradedDrawings(part),
  };
}

/** One for each grade that is asked, whatever there is. */
function gradedDrawings(part: Exclude<Edit, { kind: 'remove' }>): readonly Drawing[] {
  const { finding, places, sketch } = part;
  const asked = (place: Place): Severity => gradeAt(part, place);
  const grades = [...new Set(places.map(asked))].filter((grade) => grade > 0);
  return grades.map((grade) => ({
    edit: {
      finding,
      places: places.filter((place) => asked(place) === grade),
      severity: grade,
      ...(sketch === undefined ? {} : { sketch }),
    },
  }));
}

/** The denoiser, told that a finding is gone, leaves a shape as it is. */
function isDrawnAway({ removes }: Sketcher, going: Drawing, finds: (drawing: Drawing) => boolean): boolean {
  if (removes === undefined) return false;
  if (removes.painted !== 'either' && removes.painted !== (going.edit.mask !== undefined)) return false;
  return removes.finds === undefined || finds(going);
}

function lessens(sketcher: Sketcher, lesser: Drawing, finds: (drawing: Drawing) => boolean): boolean {
  return sketcher.removes?.lessens === true && isDrawnAway(sketcher, lesser, finds);
}

/** @param severity of what is left */
function away({ finding, places, mask }: Edit, severity: Severity): Drawing {
  return { edit: { finding, places, severity, ...(mask === undefined ? {} : { mask }) }, remove: true };
}

/** The places of a part that go or become less. */
function toSampled(part: Edit, places: readonly Place[]): Edit {
  const left = Object.fromEntries(places.map((place) => [place, gradeAt(part, place)]));
  const { further, mask } = part;
  return {
    ...changeTo(part.kind, part.finding, left, canonicalPlaces(places)),
    ...(further === undefined ? {} : { further }),
    ...(mask === undefined ? {} : { mask }),
  };
}

/** Several parts as one edit again, what comes first. */
function joined(parts: readonly Edit[]): Edit | undefined {
  const [first, ...others] = comingFirst(parts);
  if (first === undefined) return undefined;
  const { further: _further, ...own } = undrawn(first);
  return { ...own, ...(others.length === 0 ? {} : { further: others.map(asFurther) }) };
}

/** The denoiser is not told of sketches. */
function undrawn(edit: Edit): Edit {
  switch (edit.kind) {
    case 'remove':
      return edit;
    case 'add':
    case 'grade': {
      const { sketch: _sketch, ...own } = edit;
      return own;
    }
  }
}

function noSketch({ finding }: Edit): SketchImpossibleError {
  return new SketchImpossibleError(
    `There is no sketch of ${findingName(finding)} yet.`,
    'Choose another sampler under “Advanced”, or leave it to “Automatic”.',
    { commandLine: 'Leave --sampler out, or ask for --sampler twin-flow.' },
  );
}
