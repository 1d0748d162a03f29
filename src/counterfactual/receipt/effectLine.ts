/** Did the asked finding change? By the second reader, which had no part in making it. */

import { knowledgeOf } from '../../findings/knowledge';
import { MAX_SEVERITY, ZONES } from '../../findings/vocabulary';
import { findingName } from '../../findings/words';
import * as say from '../../messages/en/receipt';
import { capital, fixed, percent } from '../../messages/numbers';
import { isBlended } from '../choose';
import type { Counterfactual, Reading, Recipe } from '../edit';
import { partsOf } from '../parts';
import { fromTo, type Figure, type ReceiptLine, type Verdict } from './line';
import { meanInside } from './measure';
import { THRESHOLDS, type Rulers } from './thresholds';

/** One of several findings that were asked, with its own opacity before and after: the mask is of all of them. */
interface Subject extends Counterfactual {
  readonly own?: readonly [number, number] | undefined;
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

/** One line a finding that was asked; each judged as if it had been asked alone. */
export function effectLines(counterfactual: Counterfactual, rulers: Rulers): readonly ReceiptLine[] {
  const { recipe } = counterfactual;
  const parts = partsOf(recipe.edit);
  if (parts.length === 1) return [effectLine(counterfactual, rulers)];
  return parts.map((edit, index) => {
    const line = effectLine({ ...counterfactual, recipe: { ...recipe, edit }, own: opacityIn(edit, counterfactual, rulers) }, rulers);
    const finding = findingName(edit.finding);
    const question = (edit.kind === 'remove' ? say.didGo : edit.kind === 'grade' ? say.didChange : say.didCome)({ finding });
    return { ...line, question, id: index === 0 ? 'effect' : `effect-${edit.finding}` };
  });
}

/** Mean opacity in the zones where the finding was asked to be, or to go, as their grades tell it. */
function opacityIn({ finding, places, kind, severity, severities }: Recipe['edit'], { before, after }: Counterfactual, { severityScale }: Rulers): Subject['own'] {
  if (!knowledgeOf(finding).opacityLike) return undefined;
  const zones = ZONES.filter((zone) => places.includes(zone) && (kind === 'remove' || (severities?.[zone] ?? severity) > 0));
  if (zones.length === 0) return undefined;
  const mean = ({ zoneSeverity }: Reading): number => zones.reduce((sum, zone) => sum + (zoneSeverity[ZONES.indexOf(zone)] ?? 0), 0) / zones.length / severityScale;
  return [mean(before), mean(after)];
}

function effectLine(counterfactual: Subject, rulers: Rulers): ReceiptLine {
  const { recipe, before, after, changedPixels } = counterfactual;
  const { finding } = recipe.edit;
  const local = localOpacity(counterfactual);
  const figures: Figure[] = [];
  if (local !== undefined) {
    figures.push({ label: counterfactual.own === undefined ? say.opacityInMask() : say.opacityInZones(), value: fromTo(...local) });
    figures.push({ label: say.countsFrom(), value: percent(rulers.localOperatingPoint) });
  }
  figures.push({
    label: say.inWholeImage({ finding: capital(findingName(finding)) }),
    value: fromTo(before.findings[finding], after.findings[finding]),
  });
  const threshold = rulers.thresholds[finding];
  if (threshold !== undefined) figures.push({ label: say.calledFrom(), value: percent(threshold) });
  if (local === undefined) figures.push({ label: say.whereItIs(), value: say.whereNotRead() });
  const line = { id: 'effect', question: say.effect(), key: fromTo(...effectOf(counterfactual)), figures } as const;
  if (changedPixels === 0) {
    return { ...line, verdict: 'amber', reason: say.readsAsAsked() };
  }
  const judged = recipe.edit.kind === 'grade' && local !== undefined ? judgeGrade(counterfactual, local, rulers) : judgeAddition(counterfactual, local, rulers);
  return { ...line, ...qualified(judged, counterfactual, rulers) };
}

interface Judged {
  readonly verdict: Verdict;
  readonly reason: string;
}

/** What was asked to be less than severe need not pass the threshold: it is well where it is read as it was asked. */
function judgeAddition(counterfactual: Subject, local: readonly [number, number] | undefined, rulers: Rulers): Judged {
  const presence = judgePresence(counterfactual, rulers);
  const { edit } = counterfactual.recipe;
  if (presence.verdict !== 'amber' || !isBlended(counterfactual.recipe) || local === undefined || local[1] <= local[0]) return presence;
  const grade = judgeGrade(counterfactual, local, rulers);
  return edit.severity > 0 && grade.verdict === 'green' ? grade : presence;
}

/** Of additions and removals: on the asked side of the threshold, at least moved that way, or not even that. */
function judgePresence(counterfactual: Subject, rulers: Rulers): Judged {
  const { finding, kind, severity } = counterfactual.recipe.edit;
  const removing = kind === 'remove' || severity === 0;
  const [before, after] = effectOf(counterfactual);
  const named = { finding: findingName(finding) };
  const threshold = localOpacity(counterfactual) === undefined ? (rulers.thresholds[finding] ?? 0.5) : rulers.localOperatingPoint;
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

/** Of another grade: read as asked, nearer to it than before, or not even that. */
function judgeGrade({ recipe }: Counterfactual, [before, after]: readonly [number, number], { severityScale }: Rulers): Judged {
  const asked = recipe.edit.severity;
  const [from, to] = [severityOf(before, severityScale), severityOf(after, severityScale)];
  const grades = { read: fixed(to, 1), asked: fixed(asked, 1) };
  if (Math.abs(to - asked) <= THRESHOLDS.effect.grade) return { verdict: 'green', reason: say.gradesIt(grades) };
  return Math.abs(to - asked) < Math.abs(from - asked) - severityScale * THRESHOLDS.effect.noticeable
    ? { verdict: 'amber', reason: say.nearerButGraded(grades) }
    : { verdict: 'red', reason: say.noNearerGraded(grades) };
}

/** A finding that the second reader was not measured on, or opacity that it does not call by the asked name, is no green. */
function qualified(judged: Judged, { recipe, after }: Counterfactual, { measured, thresholds, unreadable }: Rulers): Judged {
  const { finding, kind, severity } = recipe.edit;
  if (judged.verdict !== 'green' || finding === 'lung_opacity') return judged;
  const { opacityLike } = knowledgeOf(finding);
  const named = { finding: findingName(finding) };
  if (unreadable.has(finding)) return { verdict: 'amber', reason: say.notReadable({ verdict: judged.reason, ...named }) };
  if (!measured.has(finding)) {
    return { verdict: 'amber', reason: say.notMeasuredOn({ verdict: judged.reason, ...named }) };
  }
  const called = after.findings[finding] >= (thresholds[finding] ?? 0.5);
  const wanted = kind !== 'remove' && severity > 0;
  if (!opacityLike || called === wanted) return judged;
  return {
    verdict: 'amber',
    reason: (wanted ? say.cameNotCalled : say.wentStillCalled)(named),
  };
}
