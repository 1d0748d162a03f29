/** The request in one line of words. Words that mean nothing to the studio are underlined where they stand. */

import { useRef, type ReactNode } from 'react';
import { knowledgeOf } from '../../findings/knowledge';
import { typeText } from '../../state/commands/request';
import type { Understanding } from '../../state/editRequest';
import { currentDocument } from '../../state/slices/documents';
import { TEXT_LINE_ID } from '../actions/focusText';
import { useStudio, useStudioState } from '../StudioContext';
import { Keys } from '../ui/Keys';
import styles from './TextLine.module.css';

const NOTHING: Understanding = { unrecognised: [], ignored: [] };

function marked(text: string, { unrecognised }: Understanding): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { start, end } of unrecognised) {
    parts.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>);
    at = end;
  }
  return [...parts, text.slice(at)];
}

function remark(understanding: Understanding): { readonly text: string; readonly tone: 'warn' | 'quiet' } | undefined {
  const { problem, unrecognised, ignored } = understanding;
  if (problem !== undefined) return { text: `${problem.reason} ${problem.advice}`, tone: 'warn' };
  const words = unrecognised.map(({ text }) => `“${text}”`).join(', ');
  if (words !== '') return { text: `Not understood, and left out: ${words}.`, tone: 'warn' };
  if (ignored.length > 0) {
    const names = ignored.map((finding) => knowledgeOf(finding).name).join(', ');
    return { text: `One finding at a time: ${names} is left out.`, tone: 'warn' };
  }
  return undefined;
}

export function TextLine() {
  const studio = useStudio();
  const text = useStudioState((state) => currentDocument(state)?.request.text ?? '');
  const understanding = useStudioState((state) => currentDocument(state)?.request.understanding ?? NOTHING);
  const underlay = useRef<HTMLDivElement>(null);
  const said = remark(understanding);
  return (
    <div className={styles.line}>
      <label className={styles.label} htmlFor={TEXT_LINE_ID}>
        Say it in words <Keys shortcut="/" />
      </label>
      <div className={styles.field}>
        <div ref={underlay} className={styles.underlay} aria-hidden>
          {marked(text, understanding)}
        </div>
        <input
          id={TEXT_LINE_ID}
          className={styles.input}
          type="text"
          value={text}
          autoComplete="off"
          spellCheck={false}
          placeholder="severe right lower zone opacity"
          aria-invalid={understanding.problem !== undefined}
          aria-describedby="request-in-words-remark"
          onChange={(event) => {
            typeText(studio, event.target.value);
          }}
          onScroll={(event) => {
            if (underlay.current !== null) underlay.current.scrollLeft = event.currentTarget.scrollLeft;
          }}
        />
      </div>
      <p id="request-in-words-remark" className={styles.remark} data-tone={said?.tone} aria-live="polite">
        {said?.text}
      </p>
    </div>
  );
}
