/** The viewport in the page. */

import { useEffect, useRef, type KeyboardEvent } from 'react';
import { currentDocument } from '../../state/slices/documents';
import { useStudio, useStudioState } from '../StudioContext';
import { keyedView } from './keyedView';
import { mountViewer } from './mountViewer';
import styles from './RadiographView.module.css';

export function RadiographView() {
  const studio = useStudio();
  const frame = useRef<HTMLDivElement>(null);
  const name = useStudioState((state) => currentDocument(state)?.radiograph.name ?? '');
  useEffect(() => (frame.current === null ? undefined : mountViewer(studio, frame.current)), [studio]);

  const onKeyDown = (event: KeyboardEvent) => {
    const view = studio.store.getState().view;
    const next = view === undefined ? undefined : keyedView(event, view);
    if (next === undefined) return;
    event.preventDefault();
    studio.viewport.current?.setView(next);
  };

  return (
    <div
      ref={frame}
      className={styles.frame}
      role="application"
      aria-roledescription="radiograph viewer"
      aria-label={`${name}. Arrow keys move the picture; with Alt they change window and level.`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      data-testid="viewport"
    />
  );
}
