/**
 * A donor's pathology: what its film has more than its healthy twin, as the network of that name reads it (blueprint, Method 4).
 * A token of a few numbers for each sub-zone of both lungs; the sub-zones lie in the lung's own coordinates, so it fits another chest.
 */

import { fromBase64, toBase64 } from '../imaging/base64';
import type { Finding } from './vocabulary';

/** What a pathology can be drawn of. */
export const TAKES_PATHOLOGY: ReadonlySet<Finding> = new Set<Finding>(['lung_opacity']);

/** Of a lung, from apex to diaphragm, and from mediastinum to chest wall. */
export const SUB_ZONE_ROWS = 10;
export const SUB_ZONE_COLUMNS = 5;
/** Of both lungs, the right one's first, row by row. */
export const SUB_ZONES = 2 * SUB_ZONE_ROWS * SUB_ZONE_COLUMNS;
/** Numbers in a token. */
export const TOKEN_CHANNELS = 8;
/** [SUB_ZONES x TOKEN_CHANNELS]; exactly 0 where there is no difference. */
export type PathologyTokens = Float32Array;

export const TOKENS_LENGTH = SUB_ZONES * TOKEN_CHANNELS;
const LEVELS = 127;

/** Of a result's figures: by how much a donor's tokens were scaled, before the name of the place. */
export const DONOR_TIMES = 'donorTimes_';

/** As recipes keep it: each number is a signed byte times the scale. */
export interface Pathology {
  readonly scale: number;
  /** TOKENS_LENGTH bytes in base64. */
  readonly tokens: string;
}

/** Base64 of TOKENS_LENGTH bytes. */
export const TOKENS_PATTERN = new RegExp(
  `^[A-Za-z0-9+/]{${String(Math.ceil((TOKENS_LENGTH * 4) / 3))}}={${String((3 - (TOKENS_LENGTH % 3)) % 3)}}$`,
);

/** Rounded to a hundred-and-twenty-seventh of the greatest; undefined where all is 0. */
export function packPathology(tokens: PathologyTokens): Pathology | undefined {
  const greatest = tokens.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (greatest === 0) return undefined;
  const scale = greatest / LEVELS;
  return {
    scale,
    tokens: toBase64(new Uint8Array(Int8Array.from(tokens, (value) => Math.round(value / scale)).buffer)),
  };
}

export function unpackPathology({ scale, tokens }: Pathology): PathologyTokens {
  return Float32Array.from(new Int8Array(fromBase64(tokens).buffer), (value) => value * scale);
}

/** Two donors' in one: (1 - share) of the one and `share` of the other. */
export function mixedPathology(one: Pathology, other: Pathology, share: number): Pathology | undefined {
  const [a, b] = [unpackPathology(one), unpackPathology(other)];
  return packPathology(a.map((value, at) => (1 - share) * value + share * (b[at] ?? 0)));
}
