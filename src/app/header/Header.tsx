/** Name of the product and of the document, search, device, export. */

import { Search } from 'lucide-react';
import * as say from '../../messages/en/header';
import * as names from '../../messages/en/names';
import { currentDocument } from '../../state/slices/documents';
import { actionShowPalette, actionShowShortcuts } from '../actions/dialogs';
import { useStudio, useStudioState } from '../StudioContext';
import { ActionButton } from '../ui/ActionButton';
import { RunButton } from '../run/RunButton';
import { Keys } from '../ui/Keys';
import { AdapterBadge } from './AdapterBadge';
import { DrawerButton } from './DrawerButton';
import { ExportMenu } from './ExportMenu';
import styles from './Header.module.css';
import { Logo } from './Logo';

export function Header() {
  const studio = useStudio();
  const empty = useStudioState((state) => state.documents.length === 0);
  const radiograph = useStudioState((state) => currentDocument(state)?.radiograph);
  return (
    <header className={styles.header}>
      <div className={styles.identity}>
        {empty ? null : <DrawerButton />}
        <Logo />
        <h1 className={styles.product}>{names.product()}</h1>
        {radiograph === undefined ? null : (
          <div className={styles.document}>
            <span className={styles.name} title={radiograph.name}>
              {radiograph.name}
            </span>
            {radiograph.synthetic ? <span className={styles.synthetic}>{say.synthetic()}</span> : null}
          </div>
        )}
      </div>
      <button
        type="button"
        className={styles.search}
        onClick={() => void actionShowPalette.perform(studio)}
        aria-keyshortcuts="Control+K Meta+K"
      >
        <Search aria-hidden size={14} strokeWidth={1.75} />
        <span className={styles.searchLabel}>{say.search()}</span>
        <Keys shortcut="Mod+K" />
      </button>
      <div className={styles.right}>
        <RunButton />
        <AdapterBadge />
        <ActionButton action={actionShowShortcuts} side="bottom" />
        <ExportMenu />
      </div>
    </header>
  );
}
