/** The archive, once its code is there, and one question to it at a time. */

import { useEffect, useRef, useState } from 'react';
import type { Archive } from '../../dicom/web/archive';
import * as errors from '../../messages/en/errors';
import { isAbort, toProblem, type Problem } from '../../record/problem';
import { useStudio, useStudioState } from '../StudioContext';

export type Asked<Answer> =
  | { readonly status: 'idle' }
  | { readonly status: 'asking' }
  | { readonly status: 'answered'; readonly answer: Answer }
  | { readonly status: 'failed'; readonly problem: Problem };

export type AskArchive<Answer> = (archive: Archive, signal: AbortSignal) => Promise<Answer>;

/** A later question calls off the one before; leaving the screen does, too. */
export function useArchive<Answer>() {
  const { services } = useStudio();
  const name = useStudioState((state) => state.archive) ?? '';
  const [state, setState] = useState<Asked<Answer>>({ status: 'idle' });
  const stop = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const ask = async (question: AskArchive<Answer>): Promise<void> => {
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    setState({ status: 'asking' });
    try {
      const answer = await question(await services.openArchive(name), controller.signal);
      if (!controller.signal.aborted) setState({ status: 'answered', answer });
    } catch (error) {
      if (controller.signal.aborted) return;
      setState(
        isAbort(error) ? { status: 'idle' } : { status: 'failed', problem: toProblem(error, errors.askingArchive()) },
      );
    }
  };
  const callOff = (): void => {
    stop.current?.abort();
    setState({ status: 'idle' });
  };
  return { name, state, ask, callOff };
}
