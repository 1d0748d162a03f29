/**
 * A nodule: a round shadow up to 3 cm. Definition and kinds after the Fleischner Society's glossary (Bankier et al., Radiology
 * 2024; Hansell et al., Radiology 2008); calcification patterns after Khan et al., "Solitary pulmonary nodule: a
 * diagnostic algorithm in the light of current imaging technique", 2011.
 */

import type { SketchKnowledge } from './knowledge';
import { lesionSketcher } from './lesion/sketcher';

export const nodule = lesionSketcher({
  finding: 'nodule',
  amount: { unit: 'mm', min: 5, max: 30, bySeverity: [6, 12, 20, 30] },
  kind: { name: 'A nodule', leastMm: 5, depth: 1.1, fromHilumMm: 22 },
  margins: ['smooth', 'lobulated', 'spiculated'],
});

export const KNOWLEDGE: SketchKnowledge = {
  finding: 'nodule',
  signs: [
    'A round or oval shadow up to 3 cm, surrounded by lung.',
    'Ribs and vessels show through it: it only adds its own density.',
    'A smooth margin suggests a benign nodule or a metastasis; lobes and spicules suggest a primary cancer.',
    'Calcification throughout, in the centre, in shells or like popcorn makes it benign.',
    'Several round ones of different sizes are metastases until shown otherwise.',
    'Ground glass around a solid core makes it part-solid; a hollow with a wall makes it cavitating.',
  ],
  sites: [
    'Anywhere in the lungs; cancers more often in the upper lobes, metastases in the periphery and at the bases.',
  ],
  sizes: ['5 to 30 mm; under 8 mm it is rarely seen on a film unless calcified.'],
  attenuation: [
    'Soft tissue in place of lung along its chord: one of 12 mm stands out by about twice the contrast of ribs and vessels in the lungs, one of 25 mm by about three times.',
    'Calcium attenuates about three times as much.',
  ],
  companions: [],
  sources: [
    'Bankier A. A. et al., Fleischner Society: Glossary of Terms for Thoracic Imaging. Radiology 310 (2024).',
    'Hansell D. M. et al., Fleischner Society: Glossary of Terms for Thoracic Imaging. Radiology 246 (2008).',
    'Khan A. N. et al., Solitary pulmonary nodule: a diagnostic algorithm in the light of current imaging technique. Avicenna J Med 1 (2011).',
  ],
};
