/** The named masks: which is used, which are drawn, and what each is called. */

import { Eye, EyeOff } from 'lucide-react';
import { useRef, useState } from 'react';
import * as say from '../../messages/en/masks';
import { MAX_NAME, type NamedMask } from '../../record/masks/namedMasks';
import { chooseMask, renameMask, toggleNamedMask } from '../../state/commands/namedMasks';
import { currentDocument } from '../../state/slices/documents';
import { maskShare } from '../stage/maskShare';
import { useStudio, useStudioState } from '../StudioContext';
import { RenameField } from '../ui/RenameField';
import styles from './MaskList.module.css';
import { MaskMenu } from './MaskMenu';

function Row({ named, active }: { readonly named: NamedMask; readonly active: boolean }) {
  const studio = useStudio();
  const [naming, setNaming] = useState(false);
  const keyed = useRef(false);
  const rename = () => {
    setNaming(true);
  };
  const Shown = named.shown ? Eye : EyeOff;
  return (
    <li className={styles.row} data-active={active}>
      <button
        type="button"
        className={styles.eye}
        aria-label={say.showOnPicture({ name: named.name })}
        aria-pressed={named.shown}
        onClick={() => {
          toggleNamedMask(studio, named.id);
        }}
      >
        <Shown aria-hidden size={14} strokeWidth={1.75} />
      </button>
      {naming ? (
        <RenameField
          label={say.nameOf({ name: named.name })}
          value={named.name}
          maxLength={MAX_NAME}
          onDone={(name) => {
            // Left by a key and not for something else.
            keyed.current = document.activeElement instanceof HTMLInputElement;
            if (name !== undefined) renameMask(studio, named.id, name);
            setNaming(false);
          }}
        />
      ) : (
        <button
          ref={(button) => {
            if (button !== null && keyed.current) button.focus();
            keyed.current = false;
          }}
          type="button"
          className={styles.name}
          aria-current={active ? 'true' : undefined}
          aria-label={say.use({ name: named.name })}
          title={named.name}
          onClick={() => {
            chooseMask(studio, named.id);
          }}
          onDoubleClick={rename}
          onKeyDown={({ key }) => {
            if (key === 'F2') rename();
          }}
        >
          <span className={styles.words}>{named.name}</span>
          <span className={styles.share}>{named.mask === undefined ? say.empty() : maskShare(named.mask)}</span>
        </button>
      )}
      <MaskMenu named={named} active={active} onRename={rename} />
    </li>
  );
}

export function MaskList() {
  const masks = useStudioState((state) => currentDocument(state)?.masks);
  const activeId = useStudioState((state) => currentDocument(state)?.activeMaskId);
  if (masks === undefined || masks.length === 0) {
    return <p className={styles.none}>{say.none()}</p>;
  }
  return (
    <ul className={styles.list} aria-label={say.list()}>
      {masks.map((named) => (
        <Row key={named.id} named={named} active={named.id === activeId} />
      ))}
    </ul>
  );
}
