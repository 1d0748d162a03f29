/** Verdicts as icons and words: colour alone says nothing. */

import { CircleCheck, CircleDashed, OctagonX, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { Verdict } from '../../counterfactual/receipt/line';
import * as say from '../../messages/en/receipt';

export const VERDICT_ICONS: Readonly<Record<Verdict, LucideIcon>> = {
  green: CircleCheck,
  amber: TriangleAlert,
  red: OctagonX,
};
export const UNMEASURED_ICON: LucideIcon = CircleDashed;

export const VERDICT_WORDS: Readonly<Record<Verdict, () => string>> = {
  green: say.good,
  amber: say.withCare,
  red: say.doNotRely,
};
