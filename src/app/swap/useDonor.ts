/** The chosen donor and how far it is with being read. */

import { useEffect, useState } from 'react';
import * as errors from '../../messages/en/errors';
import { readDonor, type DonorSource } from '../../state/commands/swap';
import type { Donor } from '../../state/swap';
import { toProblem, type Problem } from '../../record/problem';
import { useStudio } from '../StudioContext';
import { donorKey } from './DonorList';

export type DonorState =
  | { readonly status: 'none' }
  | { readonly status: 'reading'; readonly key: string }
  | { readonly status: 'ready'; readonly key: string; readonly donor: Donor }
  | { readonly status: 'failed'; readonly key: string; readonly problem: Problem };

export function useDonor(): readonly [DonorState, (source: DonorSource) => void] {
  const studio = useStudio();
  const [source, setSource] = useState<DonorSource>();
  const [state, setState] = useState<DonorState>({ status: 'none' });
  useEffect(() => {
    if (source === undefined) return undefined;
    const key = donorKey(source);
    // Another donor may be chosen, or the dialog closed, while this one is read.
    let wanted = true;
    readDonor(studio, source).then(
      (donor) => {
        if (wanted) setState({ status: 'ready', key, donor });
      },
      (error: unknown) => {
        if (wanted) setState({ status: 'failed', key, problem: toProblem(error, errors.readingDonor()) });
      },
    );
    return () => {
      wanted = false;
    };
  }, [studio, source]);
  const choose = (next: DonorSource) => {
    setState({ status: 'reading', key: donorKey(next) });
    setSource(next);
  };
  return [state, choose];
}
