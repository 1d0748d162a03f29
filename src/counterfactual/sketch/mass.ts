/**
 * A mass: a shadow larger than 3 cm. Definition after the Fleischner Society's glossary (Hansell et al., Radiology 2008; Bankier
 * et al., Radiology 2024). A lung's mass meets the pleura at acute angles. Walls of cavities after Clin Radiol 71 (2016) 1132.
 */

import type { SketchKnowledge } from './knowledge';
import { lesionSketcher } from './lesion/sketcher';

export const mass = lesionSketcher({
  finding: 'mass',
  amount: { unit: 'mm', min: 30, max: 100, bySeverity: [31, 45, 65, 95] },
  kind: { name: 'A mass', leastMm: 30, depth: 0.75, fromHilumMm: 8 },
  margins: ['lobulated', 'smooth', 'spiculated'],
});

export const KNOWLEDGE: SketchKnowledge = {
  finding: 'mass',
  signs: [
    'A rounded shadow larger than 3 cm; only large ones are nearly as dense as the heart.',
    'Its margin is lobulated, spiculated or smooth; where it meets the pleura from within the lung the angles are acute.',
    'Where it touches the heart or the diaphragm, their border is lost.',
    'A hollow whose wall is 24 mm thick or more suggests malignancy, one of up to 7 mm does not; a fluid level suggests an abscess.',
  ],
  sites: ['Anywhere in the lungs; it may reach the pleura, the hilum or the mediastinum.'],
  sizes: ['More than 30 mm; 30 to 100 mm is usual.'],
  attenuation: [
    'Soft tissue in place of lung along its chord: 40 mm stand out by about four times the contrast of ribs and vessels in the lungs, 65 mm by about six times.',
  ],
  companions: ['atelectasis', 'effusion', 'nodule'],
  sources: [
    'Hansell D. M. et al., Fleischner Society: Glossary of Terms for Thoracic Imaging. Radiology 246 (2008).',
    'Bankier A. A. et al., Fleischner Society: Glossary of Terms for Thoracic Imaging. Radiology 310 (2024).',
    'Solitary lung cavities: CT findings in malignant and non-malignant disease. Clin Radiol 71 (2016) 1132-1136.',
  ],
};
