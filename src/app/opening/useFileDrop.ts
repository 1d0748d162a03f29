/** Files can be dropped anywhere and pasted. */

import { useEffect, useState } from 'react';
import { openDropped } from '../../state/commands/openDropped';
import type { Studio } from '../../state/studio';
import { filesOf } from './droppedFiles';

/** @returns whether files are being dragged over the window */
export function useFileDrop(studio: Studio): boolean {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    // Every element on the way reports entering and leaving; only the balance tells whether the window was left.
    let depth = 0;
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth++;
      setDragging(true);
    };
    const leave = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setDragging(false);
    };
    const over = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setDragging(false);
      void filesOf(event.dataTransfer).then((files) => openDropped(studio, files));
    };
    const paste = (event: ClipboardEvent) => {
      if ((event.clipboardData?.files.length ?? 0) === 0) return;
      event.preventDefault();
      void filesOf(event.clipboardData).then((files) => openDropped(studio, files));
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
      window.removeEventListener('paste', paste);
    };
  }, [studio]);
  return dragging;
}
