/** Statement rows to the network's tokens; the browser's twin of training/counterpart_training/data/statement.py. */

import { FINDINGS, MAX_SEVERITY, REGIONS, type Finding, type Region, type Severity } from './vocabulary';

/** Severity of what is known of each region; what is left out is unknown. */
export type TokenRows = Readonly<Partial<Record<Region, Readonly<Partial<Record<Finding, Severity>>>>>>;

/** Values of one row: severity / 3 of each finding, then 1 where that value is known. */
export const TOKEN_WIDTH = 2 * FINDINGS.length;
export const TOKENS_LENGTH = REGIONS.length * TOKEN_WIDTH;

/** Where an image-level label also belongs, because the finding is always there. Others are known anywhere only. */
export const HOME_REGIONS: Readonly<Partial<Record<Finding, Region>>> = {
  cardiomegaly: 'mediastinum',
  hernia: 'mediastinum',
  effusion: 'pleura',
  pneumothorax: 'pleura',
  pleural_thickening: 'pleura',
};

/** Tokens [10 x 32], REGIONS order row by row. No rows: all zero, the unconditional statement. */
export function encodeTokens(rows: TokenRows): Float32Array {
  const tokens = new Float32Array(TOKENS_LENGTH);
  REGIONS.forEach((region, row) => {
    const known = rows[region] ?? {};
    FINDINGS.forEach((finding, column) => {
      const severity = known[finding];
      if (severity === undefined) return;
      tokens[row * TOKEN_WIDTH + column] = Math.min(MAX_SEVERITY, Math.max(0, severity)) / MAX_SEVERITY;
      tokens[row * TOKEN_WIDTH + FINDINGS.length + column] = 1;
    });
  });
  return tokens;
}
