/** What is known of each drawn finding, by name. */

import type { Finding } from '../../findings/vocabulary';
import type { SketchKnowledge } from './knowledge';
import { KNOWLEDGE as atelectasis } from './airspace/atelectasis';
import { KNOWLEDGE as consolidation } from './airspace/consolidation';
import { KNOWLEDGE as edema } from './airspace/edema';
import { KNOWLEDGE as emphysema } from './airspace/emphysema';
import { KNOWLEDGE as fibrosis } from './airspace/fibrosis';
import { KNOWLEDGE as infiltration } from './airspace/infiltration';
import { KNOWLEDGE as opacity } from './airspace/opacity';
import { KNOWLEDGE as pneumonia } from './airspace/pneumonia';
import { KNOWLEDGE as cardiomegaly } from './cardiomegaly';
import { KNOWLEDGE as hernia } from './hernia';
import { KNOWLEDGE as mass } from './mass';
import { KNOWLEDGE as nodule } from './nodule';
import { KNOWLEDGE as effusion } from './pleura/effusion';
import { KNOWLEDGE as pneumothorax } from './pleura/pneumothorax';
import { KNOWLEDGE as thickening } from './pleura/thickening';

const ROWS: readonly SketchKnowledge[] = [
  effusion,
  pneumothorax,
  thickening,
  cardiomegaly,
  hernia,
  atelectasis,
  emphysema,
  fibrosis,
  nodule,
  mass,
  opacity,
  consolidation,
  infiltration,
  pneumonia,
  edema,
];

export function sketchKnowledge(finding: Finding): SketchKnowledge | undefined {
  return ROWS.find((row) => row.finding === finding);
}
