/** Why a reviewer rejects a result, in the words of the file of decisions: the same in every language of the screen. */

export const REASONS = [
  'too strong',
  'too weak',
  'wrong place',
  'wrong finding',
  'looks drawn',
  'edges show',
  'anatomy changed',
  'film unfit',
  'other',
] as const;
export type Reason = (typeof REASONS)[number];
