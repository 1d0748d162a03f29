/** Where a second reading stands. By a server: nothing leaves the page before the user has seen what would be sent, and said so. */

import { useEffect, useRef, useState } from 'react';
import type { ReadReport } from '../../findings/report/extractor';
import { readAnswer } from '../../findings/report/model/answer';
import { bodyOf } from '../../findings/report/model/openAi';
import { requestFor, sendable, type ChatRequest } from '../../findings/report/model/prompt';
import * as errors from '../../messages/en/errors';
import { toProblem, type Problem } from '../../record/problem';
import type { LanguageModel } from '../../state/languageModel';
import { useStudio } from '../StudioContext';

export type SecondReading =
  | { readonly step: 'offered' }
  /** `shown` is what would be sent of the report, `body` all that would be. */
  | { readonly step: 'consent'; readonly shown: string; readonly body: string }
  | { readonly step: 'asking' }
  | { readonly step: 'read'; readonly read: ReadReport }
  | { readonly step: 'failed'; readonly problem: Problem };

const OFFERED: SecondReading = { step: 'offered' };

export function useSecondReading(report: string) {
  const { services } = useStudio();
  const [model, setModel] = useState<LanguageModel | undefined>();
  const [held, setHeld] = useState<{ readonly report: string; readonly state: SecondReading }>();
  const stop = useRef<AbortController | undefined>(undefined);
  useEffect(() => {
    let gone = false;
    void services.languageModel().then((found) => {
      if (!gone) setModel(found);
    });
    return () => {
      gone = true;
      stop.current?.abort();
    };
  }, [services]);
  // A reading is of one text: when that changes, what was asked of the other is called off.
  useEffect(() => () => stop.current?.abort(), [report]);

  const state = held?.report === report ? held.state : OFFERED;
  const set = (next: SecondReading): void => {
    setHeld({ report, state: next });
  };
  const failed = (error: unknown): SecondReading => ({
    step: 'failed',
    problem: toProblem(error, errors.askingModel()),
  });

  const prepared = (): { readonly text: string; readonly request: ChatRequest } => {
    const text = sendable(report);
    return { text, request: requestFor(text) };
  };
  return {
    model,
    state,
    show: () => {
      try {
        const { request } = prepared();
        const shown = request.messages.at(-1)?.content ?? '';
        const named = model !== undefined && 'endpoint' in model ? model.endpoint.model : undefined;
        set({ step: 'consent', shown, body: JSON.stringify(bodyOf(request, named), undefined, 2) });
      } catch (error) {
        set(failed(error));
      }
    },
    choose: async () => {
      const chosen = await services.pickLanguageModel();
      if (chosen === undefined) return;
      stop.current?.abort();
      setModel(chosen);
      set(OFFERED);
    },
    callOff: () => {
      stop.current?.abort();
      set(OFFERED);
    },
    send: async () => {
      if (model === undefined) return;
      const controller = new AbortController();
      stop.current = controller;
      set({ step: 'asking' });
      try {
        const { text, request } = prepared();
        const read = readAnswer(await model.ask(request, controller.signal), text);
        if (!controller.signal.aborted) set({ step: 'read', read });
      } catch (error) {
        if (!controller.signal.aborted) set(failed(error));
      }
    },
  };
}
