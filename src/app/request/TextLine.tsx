/** The request in words, one or several findings. Words that mean nothing to the studio are underlined where they stand. */

import { Lightbulb } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import * as say from '../../messages/en/request';
import { findingName } from '../../findings/words';
import { listed } from '../../messages/numbers';
import { typeText } from '../../state/commands/request';
import type { Understanding } from '../../record/editRequest';
import { currentDocument } from '../../state/slices/documents';
import { analysisOf, openDoubt } from '../../record/studioDocument';
import { suggestedWords } from '../../state/suggestion';
import { actionGenerate, TEXT_LINE_ID } from '../actions/request';
import { useStudio, useStudioState } from '../StudioContext';
import { Keys } from '../ui/Keys';
import { Rich } from '../ui/Rich';
import styles from './TextLine.module.css';

const NOTHING: Understanding = { unrecognised: [] };

function marked(text: string, { unrecognised }: Understanding): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { start, end } of unrecognised) {
    parts.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>);
    at = end;
  }
  // The line's height follows from what stands in it: a last empty line counts too.
  return [...parts, text.slice(at), '\u200b'];
}

function remark(understanding: Understanding): string | undefined {
  const { problem, unrecognised, mended = [], ofSeen = [] } = understanding;
  if (problem !== undefined) return [problem.reason, problem.advice].join(' ').trimEnd();
  const remarks = mended.map(({ text, read }) => say.readAs({ text, read }));
  if (ofSeen.length > 0) remarks.push(say.saidOfSeen({ findings: listed(ofSeen.map(findingName)) }));
  if (unrecognised.length > 0) {
    const words = listed(unrecognised.map(({ text }) => say.quoted({ text })));
    remarks.push(say.notUnderstood({ words }));
  }
  return remarks.length === 0 ? undefined : remarks.join(' ');
}

/** For whoever has not said anything yet: an edit that suits what is read. */
/** @param instead what may be meant by words that were not understood: offered at any time */
function Suggestion({ words, instead }: { readonly words: string; readonly instead: string | undefined }) {
  const studio = useStudio();
  const due = useStudioState((state) => {
    const document = currentDocument(state);
    return (
      analysisOf(document) !== undefined &&
      openDoubt(document) === undefined &&
      document?.request.places.length === 0 &&
      document.mask === undefined &&
      document.versions.length === 0
    );
  });
  if (!due && instead === undefined) return null;
  const offered = instead ?? words;
  return (
    <button
      type="button"
      className={styles.suggestion}
      onClick={() => {
        typeText(studio, offered);
      }}
    >
      <Lightbulb aria-hidden size={14} strokeWidth={1.75} />
      {say.tryThis({ words: offered })}
    </button>
  );
}

export function TextLine() {
  const studio = useStudio();
  const text = useStudioState((state) => currentDocument(state)?.request.text ?? '');
  const understanding = useStudioState((state) => currentDocument(state)?.request.understanding ?? NOTHING);
  const underlay = useRef<HTMLDivElement>(null);
  const said = remark(understanding);
  const suggested = useStudioState((state) => suggestedWords(analysisOf(currentDocument(state))?.reading.zoneSeverity));
  return (
    <div className={styles.line}>
      <label className={styles.label} htmlFor={TEXT_LINE_ID}>
        <Rich message={say.sayIt} tags={{ key: () => <Keys shortcut="/" /> }} />
      </label>
      <div className={styles.field}>
        <div ref={underlay} className={styles.underlay} aria-hidden>
          {marked(text, understanding)}
        </div>
        <textarea
          id={TEXT_LINE_ID}
          className={styles.input}
          rows={1}
          value={text}
          autoComplete="off"
          spellCheck={false}
          placeholder={suggested}
          aria-invalid={understanding.problem !== undefined}
          aria-describedby="request-in-words-remark"
          onChange={(event) => {
            typeText(studio, event.target.value);
          }}
          onKeyDown={(event) => {
            // Shift makes another line; a word that is still being composed takes its own Enter.
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            if (actionGenerate.predicate?.(studio.store.getState()) !== false) void actionGenerate.perform(studio);
          }}
          onScroll={(event) => {
            if (underlay.current !== null) underlay.current.scrollTop = event.currentTarget.scrollTop;
          }}
        />
      </div>
      <p id="request-in-words-remark" className={styles.remark} aria-live="polite">
        {said}
      </p>
      <Suggestion words={suggested} instead={understanding.problem?.instead} />
    </div>
  );
}
