/** Did the other findings stay? */

import { knowledgeOf } from '../../findings/knowledge';
import { andThe } from '../../findings/placeWords';
import { FINDINGS, ZONES, type Finding, type Zone } from '../../findings/vocabulary';
import { findingName, fullPlaceName } from '../../findings/words';
import * as say from '../../messages/en/receipt';
import * as units from '../../messages/en/units';
import { allOf, fixed, percent } from '../../messages/numbers';
import type { CounterfactualFacts } from '../edit';
import { partsOf } from '../parts';
import { fromTo, type ReceiptLine, type Verdict } from './line';
import { THRESHOLDS, type Rulers } from './thresholds';

/**
 * Findings that an edit must leave alone. An edit of what looks like opacity may move everything that does, what is drawn
 * denser than lung may move it, too, by whatever name, and `no finding` moves with any.
 */
export function othersOf(asked: readonly Finding[], drawn: readonly Finding[] = []): readonly Finding[] {
  const opacityLike = asked.some((finding) => knowledgeOf(finding).opacityLike);
  const dense = drawn.some((finding) => DENSE.has(finding));
  return FINDINGS.filter(
    (finding) =>
      !asked.includes(finding) &&
      finding !== 'no_finding' &&
      !((opacityLike || dense) && knowledgeOf(finding).opacityLike),
  );
}

/** Fluid, tissue and scars over the lung: a film that shows one is opaque there, whatever its name. */
const DENSE: ReadonlySet<Finding> = new Set<Finding>(['effusion', 'pleural_thickening', 'mass', 'fibrosis']);

/** Zones that nobody asked about and that are graded otherwise. */
interface MovedZones {
  /** Some pixel of them changed. */
  readonly changed: readonly Zone[];
  /** None did: what moved is the reader. */
  readonly untouched: readonly Zone[];
}

/**
 * Undefined where it is not known which zones can have changed. A painted mask asks of the zones that it reaches, and so does a
 * drawing of what is not bounded by zones: a large effusion that is named at the base rises beside the whole lung.
 */
function movedZones({ recipe: { edit, drawn }, before, after, measures }: CounterfactualFacts): MovedZones | undefined {
  const reached = measures?.reached;
  if (reached === undefined) return undefined;
  const isUnbounded = drawn?.some(({ finding }) => knowledgeOf(finding).site !== 'lung') === true;
  const isAsked = edit.maskSha256 !== undefined || isUnbounded;
  const asked = isAsked ? reached : partsOf(edit).flatMap(({ places }) => places);
  const moved = ZONES.filter(
    (zone, index) =>
      !asked.includes(zone) &&
      Math.abs((after.zoneSeverity[index] ?? 0) - (before.zoneSeverity[index] ?? 0)) > THRESHOLDS.zones.moved,
  );
  return {
    changed: moved.filter((zone) => reached.includes(zone)),
    untouched: moved.filter((zone) => !reached.includes(zone)),
  };
}

const zonesInWords = (zones: readonly Zone[]): string => andThe(zones.map(fullPlaceName));

export function othersLine(
  counterfactual: CounterfactualFacts,
  { thresholds, measured, unreadable }: Rulers,
): ReceiptLine {
  const { recipe, before, after } = counterfactual;
  const zones = movedZones(counterfactual) ?? { changed: [], untouched: [] };
  const others = othersOf(
    partsOf(recipe.edit).map(({ finding }) => finding),
    (recipe.drawn ?? []).map(({ finding }) => finding),
  ).filter((finding) => !unreadable.has(finding));
  const change = (finding: Finding): number => Math.abs(after.findings[finding] - before.findings[finding]);
  const mean = others.reduce((sum, finding) => sum + change(finding), 0) / Math.max(1, others.length);
  const [most] = [...others].sort((a, b) => change(b) - change(a));
  const largest = most === undefined ? 0 : change(most);
  const crossed = others.filter((finding) => {
    const threshold = thresholds[finding];
    if (threshold === undefined || !measured.has(finding)) return false;
    return before.findings[finding] >= threshold !== after.findings[finding] >= threshold;
  });
  const verdict = verdictOf(mean, largest, crossed.length + zones.changed.length + zones.untouched.length);
  const name = most === undefined ? '' : findingName(most);
  const figures = [
    { label: say.shouldStay(), value: String(others.length) },
    { label: say.meanChange(), value: percent(mean) },
    ...(most === undefined
      ? []
      : [{ label: say.largestChange({ finding: name }), value: fromTo(before.findings[most], after.findings[most]) }]),
    ...crossed.map((finding) => ({
      label: say.calledDifferently({ finding: findingName(finding) }),
      value: fromTo(before.findings[finding], after.findings[finding]),
    })),
    ...[...zones.changed, ...zones.untouched].map((zone) => {
      const place = fullPlaceName(zone);
      return {
        label: (zones.untouched.includes(zone) ? say.untouchedGraded : say.besideGraded)({ place }),
        value: gradesOf(zone, counterfactual),
      };
    }),
  ];
  return {
    id: 'others',
    question: say.others(),
    verdict,
    reason: reasonOf(verdict, name, crossed, zones),
    key: keyOf(verdict, mean, crossed, zones, counterfactual),
    figures,
  };
}

/** What the reason speaks of: how a zone's grade moved, or else the mean of all findings. */
function keyOf(
  verdict: Verdict,
  mean: number,
  crossed: readonly Finding[],
  { changed, untouched }: MovedZones,
  facts: Pick<CounterfactualFacts, 'before' | 'after'>,
): string {
  const [zone] = changed.length > 0 || crossed.length > 0 ? changed : untouched;
  return verdict === 'amber' && zone !== undefined ? gradesOf(zone, facts) : say.plusMinus({ share: percent(mean) });
}

function gradesOf(zone: Zone, { before, after }: Pick<CounterfactualFacts, 'before' | 'after'>): string {
  const index = ZONES.indexOf(zone);
  const [from, to] = [before, after].map(({ zoneSeverity }) => fixed(zoneSeverity[index] ?? 0, 1)) as [string, string];
  return units.fromTo({ from, to });
}

function verdictOf(mean: number, largest: number, crossed: number): Verdict {
  const limits = THRESHOLDS.others;
  if (mean > limits.mean.amber || largest > limits.largest.amber) return 'red';
  return mean > limits.mean.green || largest > limits.largest.green || crossed > 0 ? 'amber' : 'green';
}

function reasonOf(
  verdict: Verdict,
  name: string,
  crossed: readonly Finding[],
  { changed, untouched }: MovedZones,
): string {
  if (verdict === 'green') return say.othersAsBefore();
  if (verdict === 'amber' && changed.length > 0) return say.zonesBeside({ places: zonesInWords(changed) });
  if (verdict === 'amber' && crossed.length === 0 && untouched.length > 0)
    return say.readerMoved({ places: zonesInWords(untouched) });
  if (crossed.length > 0) {
    return say.judgesDifferently({ findings: allOf(crossed.map(findingName)) });
  }
  return (verdict === 'amber' ? say.movedSomewhat : say.movedToo)({ finding: name });
}
