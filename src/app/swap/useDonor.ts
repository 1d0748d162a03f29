/** The chosen donor and how far it is with being read. */

import { useEffect, useState } from 'react';
import * as errors from '../../messages/en/errors';
import { openDonor, type DonorSource } from '../../state/commands/swap';
import type { Donor } from '../../state/swap';
import { toProblem, type Problem } from '../../record/problem';
import { useStudio } from '../StudioContext';
import { donorKey } from './DonorList';

export type DonorState =
  | { readonly status: 'none' }
  | { readonly status: 'reading'; readonly key: string }
  | {
      readonly status: 'ready';
      readonly key: string;
      readonly donor: Donor;
      /** Of its two streams, which takes longer. */
      readonly measuring: boolean;
      /** Why there are none. */
      readonly problem?: Problem;
    }
  | { readonly status: 'failed'; readonly key: string; readonly problem: Problem };

export function useDonor(): readonly [DonorState, (source: DonorSource) => void] {
  const studio = useStudio();
  const [source, setSource] = useState<DonorSource>();
  const [state, setState] = useState<DonorState>({ status: 'none' });
  useEffect(() => {
    if (source === undefined) return undefined;
    const key = donorKey(source);
    // Another donor may be chosen, or the dialog closed, while this one is read.
    const left = new AbortController();
    const tell = (next: DonorState) => {
      if (!left.signal.aborted) setState(next);
    };
    const read = async () => {
      const { donor, streams } = await openDonor(studio, source);
      tell({ status: 'ready', key, donor, measuring: streams !== undefined });
      if (streams === undefined) return;
      try {
        tell({ status: 'ready', key, donor: { ...donor, ...(await streams(left.signal)) }, measuring: false });
      } catch (error) {
        const problem = toProblem(error, errors.readingPathology());
        tell({ status: 'ready', key, donor, measuring: false, problem });
      }
    };
    read().catch((error: unknown) => {
      tell({ status: 'failed', key, problem: toProblem(error, errors.readingDonor()) });
    });
    return () => {
      left.abort();
    };
  }, [studio, source]);
  const choose = (next: DonorSource) => {
    setState({ status: 'reading', key: donorKey(next) });
    setSource(next);
  };
  return [state, choose];
}
