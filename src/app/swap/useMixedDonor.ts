/** One donor, or two in proportion. */

import { useState } from 'react';
import * as say from '../../messages/en/swap';
import type { DonorSource } from '../../state/commands/swap';
import { mixedDonor } from '../../state/mixedDonor';
import { useDonor, type DonorState } from './useDonor';

export interface Mixing {
  readonly on: boolean;
  /** Of the second donor, 0 to 1. */
  readonly share: number;
  readonly second: DonorState;
  readonly turn: (on: boolean) => void;
  readonly setShare: (share: number) => void;
}

export interface ChosenDonor {
  /** The first by itself until the second is read. */
  readonly donor: DonorState;
  /** Of the donor that a choice replaces. */
  readonly key: string;
  readonly choose: (source: DonorSource) => void;
  readonly mixing: Mixing;
}

function together(first: DonorState, second: DonorState, share: number): DonorState {
  if (first.status !== 'ready' || second.status !== 'ready') return first;
  const problem = first.problem ?? second.problem;
  const title = say.twoDonors({ one: first.donor.title, other: second.donor.title });
  return {
    status: 'ready',
    key: `${first.key} + ${second.key}`,
    donor: mixedDonor(first.donor, second.donor, share, title),
    measuring: first.measuring || second.measuring,
    ...(problem && { problem }),
  };
}

const keyOf = (donor: DonorState): string => (donor.status === 'none' ? '' : donor.key);

export function useMixedDonor(): ChosenDonor {
  const [first, chooseFirst] = useDonor();
  const [second, chooseSecond] = useDonor();
  const [on, turn] = useState(false);
  const [share, setShare] = useState(0.5);
  return {
    donor: on ? together(first, second, share) : first,
    key: keyOf(on ? second : first),
    choose: on ? chooseSecond : chooseFirst,
    mixing: { on, share, second, turn, setShare },
  };
}
