/** The vocabulary. Order and spelling are part of the export format (training/counterpart_training/findings.py). */

export const FINDINGS = [
  'lung_opacity',
  'consolidation',
  'infiltration',
  'atelectasis',
  'effusion',
  'pneumothorax',
  'edema',
  'emphysema',
  'fibrosis',
  'pleural_thickening',
  'nodule',
  'mass',
  'cardiomegaly',
  'hernia',
  'pneumonia',
  'no_finding',
] as const;
export type Finding = (typeof FINDINGS)[number];

/** Brixia's order A-F; the patient's right is image left. */
export const ZONES = ['right_upper', 'right_mid', 'right_lower', 'left_upper', 'left_mid', 'left_lower'] as const;
export type Zone = (typeof ZONES)[number];

/** Where a finding can be placed by a user. */
export const PLACES = [...ZONES, 'mediastinum'] as const;
export type Place = (typeof PLACES)[number];

/** Rows of the network's statement: the places, pleura, the painted mask (focus), and place not known (anywhere). */
export const REGIONS = [...ZONES, 'mediastinum', 'pleura', 'focus', 'anywhere'] as const;
export type Region = (typeof REGIONS)[number];

/** 0 absent, 1 mild, 2 moderate, 3 severe (Brixia's scale); continuous inside. */
export type Severity = number;
export const MAX_SEVERITY = 3;
