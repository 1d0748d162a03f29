/** Every finding that can be drawn, by name. */

import type { Finding } from '../../findings/vocabulary';
import { atelectasis } from './airspace/atelectasis';
import { consolidation } from './airspace/consolidation';
import { edema } from './airspace/edema';
import { emphysema } from './airspace/emphysema';
import { fibrosis } from './airspace/fibrosis';
import { infiltration } from './airspace/infiltration';
import { lungOpacity } from './airspace/opacity';
import { pneumonia } from './airspace/pneumonia';
import { cardiomegaly } from './cardiomegaly';
import { hernia } from './hernia';
import { mass } from './mass';
import { nodule } from './nodule';
import { effusion } from './pleura/effusion';
import { pneumothorax } from './pleura/pneumothorax';
import { pleuralThickening } from './pleura/thickening';
import type { Sketcher } from './sketch';

/** Filled by one file a finding; a finding that is not here is drawn by the denoiser alone. */
const SKETCHERS: readonly Sketcher[] = [
  effusion,
  pneumothorax,
  pleuralThickening,
  nodule,
  mass,
  cardiomegaly,
  hernia,
  lungOpacity,
  consolidation,
  infiltration,
  pneumonia,
  edema,
  atelectasis,
  emphysema,
  fibrosis,
];

export function sketcherOf(finding: Finding): Sketcher | undefined {
  return SKETCHERS.find((sketcher) => sketcher.finding === finding);
}
