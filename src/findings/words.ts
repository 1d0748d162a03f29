/** Findings, places and grades in the words of the screen. What a user types is another matter: see lexicon.ts. */

import * as say from '../messages/en/findings';
import type { Words } from '../messages/message';
import type { Finding, Place } from './vocabulary';

const FINDING_NAMES: Readonly<Record<Finding, Words>> = {
  lung_opacity: say.opacity,
  consolidation: say.consolidation,
  infiltration: say.infiltration,
  atelectasis: say.atelectasis,
  effusion: say.effusion,
  pneumothorax: say.pneumothorax,
  edema: say.edema,
  emphysema: say.emphysema,
  fibrosis: say.fibrosis,
  pleural_thickening: say.pleuralThickening,
  nodule: say.nodule,
  mass: say.mass,
  cardiomegaly: say.cardiomegaly,
  hernia: say.hernia,
  pneumonia: say.pneumonia,
  no_finding: say.noFinding,
};

const PLACE_NAMES: Readonly<Record<Place, { readonly short: Words; readonly full: Words }>> = {
  right_upper: { short: say.rightUpper, full: say.rightUpperZone },
  right_mid: { short: say.rightMid, full: say.rightMidZone },
  right_lower: { short: say.rightLower, full: say.rightLowerZone },
  left_upper: { short: say.leftUpper, full: say.leftUpperZone },
  left_mid: { short: say.leftMid, full: say.leftMidZone },
  left_lower: { short: say.leftLower, full: say.leftLowerZone },
  mediastinum: { short: say.mediastinum, full: say.mediastinum },
};

const GRADES = [say.absent, say.mild, say.moderate, say.severe] as const;

/** "pleural thickening". */
export function findingName(finding: Finding): string {
  return FINDING_NAMES[finding]();
}

/** "left lower", "mediastinum". */
export function shortPlaceName(place: Place): string {
  return PLACE_NAMES[place].short();
}

/** "left lower zone", "mediastinum". */
export function fullPlaceName(place: Place): string {
  return PLACE_NAMES[place].full();
}

/** "moderate" of 1.8. */
export function severityWord(severity: number): string {
  return (GRADES[Math.min(3, Math.max(0, Math.round(severity)))] ?? say.absent)();
}
