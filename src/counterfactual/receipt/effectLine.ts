/** Did the asked finding change? By the second reader, which had no part in making it. */

import { gradeAt, isRemoval } from '../../findings/change';
import { knowledgeOf } from '../../findings/knowledge';
import { MAX_SEVERITY, ZONES, type Finding, type Zone } from '../../findings/vocabulary';
import { findingName } from '../../findings/words';
import * as say from '../../messages/en/receipt';
import { capital, fixed, percent } from '../../messages/numbers';
import { isBlended } from '../choose';
import type { CounterfactualFacts, EditKind, Reading, Recipe } from '../edit';
import { partsOf } from '../parts';
import { heartNarrowedFrom, lessThanSeenInWords, partLessThanSeen } from '../remarks';
import { drawnFigures, noRoomFor, reachedLittleFluid, reachedRatio, wentByContrast } from './drawnFigures';
import { fromTo, type Figure, type ReceiptLine, type Verdict } from './line';
import { meanInside } from './measure';
import { THRESHOLDS, type Rulers } from './thresholds';

/** One of several findings that were asked, with its own opacity before and after: the mask is of all of them. */
interface Subject extends CounterfactualFacts {
  readonly own?: readonly [number, number] | undefined;
  /** Mean grade asked of the zones that `own` is of. */
  readonly grade?: number | undefined;
}

/** Local opacity inside the mask before and after; undefined where it does not apply or was not kept. */
export function localOpacity({ recipe, before, after, measures, own }: Subject): readonly [number, number] | undefined {
  if (own !== undefined) return own;
  if (!knowledgeOf(recipe.edit.finding).opacityLike || measures === undefined) return undefined;
  const [from, to] = [meanInside(before.opacityMap, measures.cells), meanInside(after.opacityMap, measures.cells)];
  return from === undefined || to === undefined ? undefined : [from, to];
}

/** What tells of the effect: local opacity where it applies, else the probability of the finding. */
export function effectOf(counterfactual: Subject): readonly [number, number] {
  const { recipe, before, after } = counterfactual;
  const { finding } = recipe.edit;
  return localOpacity(counterfactual) ?? [before.findings[finding], after.findings[finding]];
}

/** Severity 0 to 3 as a mean opacity probability tells it. */
export function severityOf(opacity: number, scale: number): number {
  return Math.min(MAX_SEVERITY, scale * opacity);
}

const QUESTIONS = { add: say.didCome, remove: say.didGo, grade: say.didChange } as const satisfies Record<
  EditKind,
  unknown
>;

/** One line a finding that was asked; each judged as if it had been asked alone. */
export function effectLines(counterfactual: CounterfactualFacts, rulers: Rulers): readonly ReceiptLine[] {
  const { recipe } = counterfactual;
  const parts = partsOf(recipe.edit);
  if (parts.length === 1) return [bothWays(recipe.edit, counterfactual, rulers) ?? effectLine(counterfactual, rulers)];
  return parts.map((edit, index) => {
    const line =
      notFoundLine(edit, counterfactual, rulers) ??
      bothWays(edit, counterfactual, rulers) ??
      effectLine(
        { ...counterfactual, recipe: { ...recipe, edit }, ...opacityIn(edit, counterfactual, rulers) },
        rulers,
      );
    const finding = findingName(edit.finding);
    const question = QUESTIONS[edit.kind]({ finding });
    return { ...line, question, id: index === 0 ? 'effect' : `effect-${edit.finding}` };
  });
}

/** Of several that were to go, one that was not there to be taken away. */
function notFoundLine(
  { finding }: Recipe['edit'],
  { recipe, before, after }: CounterfactualFacts,
  { thresholds }: Rulers,
): ReceiptLine | undefined {
  if (recipe.notFound?.includes(finding) !== true) return undefined;
  const value = fromTo(before.findings[finding], after.findings[finding]);
  const named = findingName(finding);
  return {
    id: 'effect',
    question: say.didGo({ finding: named }),
    // Where the second reader saw none, either, and sees none, it is as it was asked.
    verdict: [before, after].every(({ findings }) => findings[finding] < (thresholds[finding] ?? 0.5))
      ? 'green'
      : 'amber',
    reason: say.notFound({ finding: named }),
    key: value,
    figures: [{ label: say.inWholeImage({ finding: capital(named) }), value }],
  };
}

/** Of opacity that comes in some zones and goes from others each way is judged for itself, and the line is as good as the worse. */
function bothWays(edit: Recipe['edit'], counterfactual: CounterfactualFacts, rulers: Rulers): ReceiptLine | undefined {
  const { finding, places, maskSha256 } = edit;
  if (
    isRemoval(edit) ||
    maskSha256 !== undefined ||
    !knowledgeOf(finding).opacityLike ||
    counterfactual.changedPixels === 0
  )
    return undefined;
  const going = places.filter((place) => gradeAt(edit, place) === 0);
  const coming = places.filter((place) => !going.includes(place));
  if (going.length === 0 || coming.length === 0) return undefined;
  const ways: readonly Recipe['edit'][] = [
    { ...edit, places: coming },
    { kind: 'remove', finding, places: going, severity: 0 },
  ];
  // What goes was not drawn.
  const { drawn, ...sampled } = counterfactual.recipe;
  const [first, second] = ways.flatMap((way) => {
    const own = opacityIn(way, counterfactual, rulers);
    const recipe = { ...sampled, ...(drawn !== undefined && !isRemoval(way) && { drawn }), edit: way };
    return own === undefined ? [] : [effectLine({ ...counterfactual, recipe, ...own }, rulers)];
  });
  if (first === undefined || second === undefined) return undefined;
  const worse = RANK.indexOf(second.verdict ?? 'green') > RANK.indexOf(first.verdict ?? 'green') ? second : first;
  return {
    ...worse,
    reason: `${first.reason} ${second.reason}`,
    figures: [...first.figures, ...second.figures.slice(0, 1)],
  };
}

const RANK: readonly Verdict[] = ['green', 'amber', 'red'];

/** Mean opacity in the zones where the finding was asked to be, or to go, as their grades tell it, and the mean grade that was asked. */
function opacityIn(
  edit: Recipe['edit'],
  { before, after }: CounterfactualFacts,
  { severityScale }: Rulers,
): Pick<Subject, 'own' | 'grade'> | undefined {
  if (!knowledgeOf(edit.finding).opacityLike) return undefined;
  const zones = ZONES.filter((zone) => edit.places.includes(zone) && (isRemoval(edit) || gradeAt(edit, zone) > 0));
  if (zones.length === 0) return undefined;
  const mean = (of: (zone: Zone) => number): number => zones.reduce((sum, zone) => sum + of(zone), 0) / zones.length;
  const read = ({ zoneSeverity }: Reading): number =>
    mean((zone) => zoneSeverity[ZONES.indexOf(zone)] ?? 0) / severityScale;
  return {
    own: [read(before), read(after)],
    grade: mean((zone) => gradeAt(edit, zone)),
  };
}

function effectLine(counterfactual: Subject, rulers: Rulers): ReceiptLine {
  const { recipe, before, after, changedPixels } = counterfactual;
  const { finding } = recipe.edit;
  const local = localOpacity(counterfactual);
  const figures: Figure[] = [...drawnFigures(counterfactual, finding)];
  if (local !== undefined) {
    figures.push({
      label: counterfactual.own === undefined ? say.opacityInMask() : say.opacityInZones(),
      value: fromTo(...local),
    });
    figures.push({ label: say.countsFrom(), value: percent(rulers.localOperatingPoint) });
  }
  figures.push({
    label: say.inWholeImage({ finding: capital(findingName(finding)) }),
    value: fromTo(before.findings[finding], after.findings[finding]),
  });
  const threshold = rulers.thresholds[finding];
  if (threshold !== undefined) figures.push({ label: say.calledFrom(), value: percent(threshold) });
  if (local === undefined) figures.push({ label: say.whereItIs(), value: say.whereNotRead() });
  const went = byContrast(counterfactual, finding);
  // What the verdict rests on is what the line shows.
  const key = (went && figures[0]?.value) ?? fromTo(...effectOf(counterfactual));
  const line = { id: 'effect', question: say.effect(), key, figures } as const;
  if (changedPixels === 0) {
    return { ...line, verdict: 'amber', reason: say.readsAsAsked() };
  }
  const judged =
    recipe.edit.kind === 'grade' && local !== undefined
      ? judgeGrade(counterfactual, local, rulers)
      : judgeAddition(counterfactual, local, rulers);
  const [isHeart, ratio] = [finding === 'cardiomegaly', reachedRatio(counterfactual)];
  const narrowed = isHeart ? heartNarrowedFrom({ ...recipe, figures: counterfactual.figures }) : undefined;
  const told =
    went ??
    (isHeart && (ratio === 'anatomist' || ratio === 'densities')
      ? {
          verdict: 'green' as const,
          reason: ratio === 'anatomist' ? say.ratioReached() : say.ratioReachedByDensities(),
        }
      : narrowed !== undefined
        ? { verdict: 'amber' as const, reason: say.heartNotNarrow() }
        : judged.verdict === 'red' && finding === 'effusion' && reachedLittleFluid(counterfactual)
          ? { verdict: 'amber' as const, reason: say.tooLittleFluid() }
          : qualified(judged, counterfactual, rulers));
  const drawn = recipe.drawn?.filter((each) => each.finding === finding) ?? [];
  const less = recipe.edit.maskSha256 === undefined ? partLessThanSeen(recipe.edit, before) : undefined;
  if (drawn.length === 0)
    return { ...line, ...told, reason: less ? `${lessThanSeenInWords(less)} ${told.reason}` : told.reason };
  const isDonors = drawn.some(({ pathology }) => pathology !== undefined);
  const isBack = drawn.some(({ taken }) => taken !== undefined);
  const heart = narrowed === undefined ? undefined : say.heartNarrowed({ ratio: fixed(narrowed, 2) });
  const reason = [heart, told.reason, noRoomFor(counterfactual, finding)]
    .filter((each) => each !== undefined)
    .join(' ');
  return {
    ...line,
    ...told,
    reason: (isBack ? say.isGivenBack : isDonors ? say.isDonors : say.isReconstruction)({ reason }),
  };
}

const WENT = { left: say.stillStandsOut, hollow: say.leftHollow, unclear: say.hardlyStoodOut } as const;

/** What no reader can tell is told by how much it stands out: a lesion that was drawn away. */
function byContrast(counterfactual: Subject, finding: Finding): Judged | undefined {
  const went = wentByContrast(counterfactual, finding);
  if (went === undefined) return undefined;
  const named = { finding: findingName(finding) };
  if (went === 'gone') return { verdict: 'green', reason: say.standsOutNoMore(named) };
  return { verdict: 'amber', reason: WENT[went](named) };
}

interface Judged {
  readonly verdict: Verdict;
  readonly reason: string;
}

/**
 * The grade that came is compared with the grade that was asked: what is there and read as another grade is no green. What was
 * asked to be less than severe need not pass the threshold: it is well where it is read as it was asked.
 */
function judgeAddition(counterfactual: Subject, local: readonly [number, number] | undefined, rulers: Rulers): Judged {
  const presence = judgePresence(counterfactual, rulers);
  const { edit } = counterfactual.recipe;
  if (presence.verdict === 'green' && local !== undefined && edit.severity > 0) {
    const read = severityOf(local[1], rulers.severityScale);
    const asked = askedGrade(counterfactual);
    if (Math.abs(read - Math.min(asked, rulers.severityScale)) <= THRESHOLDS.effect.grade) return presence;
    return {
      verdict: 'amber',
      reason: say.seesButGraded({ finding: findingName(edit.finding), read: fixed(read, 1), asked: fixed(asked, 1) }),
    };
  }
  if (presence.verdict !== 'amber' || !isBlended(counterfactual.recipe) || local === undefined || local[1] <= local[0])
    return presence;
  const grade = judgeGrade(counterfactual, local, rulers);
  return edit.severity > 0 && grade.verdict === 'green' ? grade : presence;
}

/** Of additions and removals: on the asked side of the threshold, at least moved that way, or not even that. */
function judgePresence(counterfactual: Subject, rulers: Rulers): Judged {
  const { finding, severity } = counterfactual.recipe.edit;
  const removing = severity === 0;
  const [before, after] = effectOf(counterfactual);
  const named = { finding: findingName(finding) };
  const threshold =
    localOpacity(counterfactual) === undefined ? (rulers.thresholds[finding] ?? 0.5) : rulers.localOperatingPoint;
  const moved = removing ? before - after : after - before;
  if (moved < THRESHOLDS.effect.noticeable) {
    return { verdict: 'red', reason: (removing ? say.noLess : say.noMore)(named) };
  }
  if (removing) {
    if (after >= threshold) return { verdict: 'amber', reason: say.lessNotNone(named) };
    return before < threshold
      ? { verdict: 'green', reason: say.littleNowLess(named) }
      : { verdict: 'green', reason: say.noLongerSees(named) };
  }
  if (after < threshold) return { verdict: 'amber', reason: say.moreTooLittle(named) };
  return before >= threshold
    ? { verdict: 'green', reason: say.nowSeesMore(named) }
    : { verdict: 'green', reason: say.nowSees(named) };
}

/** Of a mask, or the mean of the zones that are judged. */
const askedGrade = ({ recipe: { edit }, grade }: Subject): number => grade ?? edit.severity;

/** Of another grade: read as asked, nearer to it than before, or not even that. */
function judgeGrade(
  counterfactual: Subject,
  [before, after]: readonly [number, number],
  { severityScale }: Rulers,
): Judged {
  const asked = askedGrade(counterfactual);
  const [from, to] = [severityOf(before, severityScale), severityOf(after, severityScale)];
  const grades = { read: fixed(to, 1), asked: fixed(asked, 1) };
  if (Math.abs(to - asked) <= THRESHOLDS.effect.grade) return { verdict: 'green', reason: say.gradesIt(grades) };
  return Math.abs(to - asked) < Math.abs(from - asked) - severityScale * THRESHOLDS.effect.noticeable
    ? { verdict: 'amber', reason: say.nearerButGraded(grades) }
    : { verdict: 'red', reason: say.noNearerGraded(grades) };
}

/** A finding that the second reader was not measured on, or opacity that it does not call by the asked name, is no green. */
function qualified(
  judged: Judged,
  { recipe, after }: CounterfactualFacts,
  { measured, thresholds, unreadable }: Rulers,
): Judged {
  const { finding, severity } = recipe.edit;
  const { opacityLike } = knowledgeOf(finding);
  const named = { finding: findingName(finding) };
  // A reader that cannot tell it speaks neither for it nor against it; what looks like opacity is judged by that.
  if (unreadable.has(finding) && (!opacityLike || judged.verdict === 'green'))
    return { verdict: 'amber', reason: say.notReadable({ verdict: judged.reason, ...named }) };
  if (judged.verdict !== 'green' || finding === 'lung_opacity') return judged;
  if (!measured.has(finding)) {
    return { verdict: 'amber', reason: say.notMeasuredOn({ verdict: judged.reason, ...named }) };
  }
  const called = after.findings[finding] >= (thresholds[finding] ?? 0.5);
  const wanted = severity > 0;
  if (!opacityLike || called === wanted) return judged;
  return {
    verdict: 'amber',
    reason: (wanted ? say.cameNotCalled : say.wentStillCalled)(named),
  };
}
