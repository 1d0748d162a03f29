/** What is drawn on each film: every finding that has a sketch, at three severities, where it is usually found. */

import type { Edit } from '../../src/counterfactual/edit';
import { DRAWN_FINDINGS, drawnKind } from '../../src/findings/drawn';
import { usualPlaces } from '../../src/findings/knowledge';
import type { Finding, Place } from '../../src/findings/vocabulary';
import { amountOf } from '../../src/counterfactual/sketch/sketch';

export const GRADES = ['mild', 'moderate', 'severe'] as const;
export type Grade = (typeof GRADES)[number];

export interface Case {
  readonly finding: Finding;
  readonly grade: Grade;
  readonly edit: Edit;
  /** The finding's own quantity as asked. */
  readonly amount: number;
  readonly unit: 'mm' | 'ratio' | 'share';
}

/** On both sides at once; all others on one. */
const BOTH_SIDES: ReadonlySet<Finding> = new Set<Finding>(['edema', 'emphysema', 'fibrosis', 'cardiomegaly', 'hernia']);
/** Where those lie that could be anywhere in a lung. */
const LEVELS: Readonly<Partial<Record<Finding, readonly string[]>>> = {
  lung_opacity: ['mid', 'lower'],
  consolidation: ['lower'],
  infiltration: ['mid', 'lower'],
  pneumonia: ['lower'],
  atelectasis: ['lower'],
  pleural_thickening: ['mid', 'lower'],
  fibrosis: ['lower'],
};

const FOCAL_LEVELS = ['upper', 'mid', 'lower'] as const;

/** @param film number of the film in its list: it chooses sides (two films each) and zones (another on every film) */
export function casesOf(film: number, findings: readonly Finding[] = DRAWN_FINDINGS): readonly Case[] {
  return findings.flatMap((finding) => {
    const kind = drawnKind(finding);
    if (kind === undefined) throw new RangeError(`${finding} has no sketch.`);
    return GRADES.map((grade, index) => {
      const severity = index + 1;
      return {
        finding,
        grade,
        edit: { kind: 'add' as const, finding, places: placesOf(finding, film), severity },
        amount: amountOf(kind.amount, { severity }),
        unit: kind.amount.unit,
      };
    });
  });
}

function placesOf(finding: Finding, film: number): readonly Place[] {
  const side = (film >> 1) % 2 === 0 ? 'right' : 'left';
  const usual = usualPlaces(finding);
  if (BOTH_SIDES.has(finding) && LEVELS[finding] === undefined) return usual;
  const sides = BOTH_SIDES.has(finding) ? ['right', 'left'] : [side];
  const levels =
    drawnKind(finding)?.focal === true ? [FOCAL_LEVELS[film % FOCAL_LEVELS.length] ?? 'mid'] : LEVELS[finding];
  if (levels === undefined) return usual.filter((place) => place.startsWith(side));
  return sides.flatMap((each) => levels.map((level) => `${each}_${level}` as Place));
}
