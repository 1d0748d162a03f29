/** What the controls call a finding's amount, its options and their choices. */

import type { Finding } from '../../../findings/vocabulary';
import * as say from '../../../messages/en/sketch';
import type { Words } from '../../../messages/message';
import { capital } from '../../../messages/numbers';

const AMOUNTS: Readonly<Partial<Record<Finding, Words>>> = {
  effusion: say.fluidHeight,
  pneumothorax: say.airDepth,
  hernia: say.diameter,
  nodule: say.diameter,
  mass: say.diameter,
  cardiomegaly: say.heartRatio,
  emphysema: say.tissueGone,
  fibrosis: say.netAndHaze,
  atelectasis: say.thickness,
  lung_opacity: say.airReplaced,
  consolidation: say.airReplaced,
  infiltration: say.airReplaced,
  pneumonia: say.airReplaced,
  edema: say.airReplaced,
  pleural_thickening: say.thickness,
};

/** By the names that sketchers give their options. */
const OPTIONS: Readonly<Record<string, Words>> = {
  kind: say.kind,
  pattern: say.pattern,
  margin: say.margin,
  texture: say.texture,
  size: say.size,
  shape: say.shape,
  bronchogram: say.bronchogram,
  density: say.density,
  gas: say.gas,
  extent: say.extent,
  volume: say.volume,
  bullae: say.bullae,
  honeycomb: say.honeycomb,
  calcified: say.calcifiedToo,
  tension: say.tension,
  fluid: say.fluid,
  conspicuity: say.conspicuity,
  number: say.number,
};

/** By the names of their choices. */
const CHOICES: Readonly<Record<string, Words>> = {
  free: say.free,
  subpulmonic: say.subpulmonic,
  layered: say.layered,
  patchy: say.patchy,
  lobar: say.lobar,
  perihilar: say.perihilar,
  peripheral: say.peripheral,
  basal: say.basal,
  'ground glass': say.groundGlass,
  smooth: say.smooth,
  lobulated: say.lobulated,
  spiculated: say.spiculated,
  solid: say.solid,
  'part-solid': say.partSolid,
  calcified: say.calcified,
  cavitating: say.cavitating,
  none: say.none,
  level: say.level,
  gained: say.gained,
  kept: say.kept,
  lost: say.lost,
  'by severity': say.bySeverity,
  plate: say.plate,
  segment: say.segment,
  lobe: say.lobe,
  'by zone': say.byZone,
  diffuse: say.diffuse,
  plaque: say.plaque,
  apical: say.apical,
  yes: say.yes,
  no: say.no,
  shown: say.shown,
  bronchopneumonia: say.bronchopneumonia,
  alveolar: say.alveolar,
  interstitial: say.interstitial,
  usual: say.usual,
  subtle: say.subtle,
  obvious: say.obvious,
  one: say.one,
  two: say.two,
  three: say.three,
  several: say.several,
  many: say.many,
};

export function amountName(finding: Finding, options?: Readonly<Record<string, string>>): string {
  if (options?.['kind'] === 'layered') return say.fluidDepth();
  return (AMOUNTS[finding] ?? say.extent)();
}

/** Undefined: it has no word yet. */
export function optionName(name: string): string | undefined {
  return OPTIONS[name]?.();
}

export function choiceName(choice: string): string | undefined {
  return CHOICES[choice]?.();
}

/** On a button. */
export function choiceLabel(choice: string): string {
  return capital(choiceName(choice) ?? choice);
}
