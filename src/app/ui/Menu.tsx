/** The same entries in a menu that drops from a button and in one that opens where the pointer is. */

import type { LucideIcon } from 'lucide-react';
import { ContextMenu, DropdownMenu } from 'radix-ui';
import styles from './Menu.module.css';

export interface MenuEntry {
  readonly label: string;
  readonly icon: LucideIcon;
  /** A line below the label; for an entry that cannot be chosen, why. */
  readonly detail?: string | undefined;
  /** As printed on the keyboard. */
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly tone?: 'danger';
  /** A line above it. */
  readonly separated?: boolean;
  readonly onSelect: () => void;
}

interface EntriesProps {
  readonly kind: 'context' | 'dropdown';
  readonly entries: readonly MenuEntry[];
}

function Entries({ kind, entries }: EntriesProps) {
  const { Item, Separator } = kind === 'context' ? ContextMenu : DropdownMenu;
  return entries.map(({ label, icon: Icon, detail, keys, disabled = false, tone, separated = false, onSelect }) => [
    separated ? <Separator key={`above ${label}`} className={styles.separator} /> : null,
    <Item key={label} className={styles.item} data-tone={tone} disabled={disabled} onSelect={onSelect}>
      <Icon aria-hidden size={15} strokeWidth={1.75} />
      <span className={styles.words}>
        <span>{label}</span>
        {detail === undefined ? null : <span className={styles.detail}>{detail}</span>}
      </span>
      {keys === undefined ? null : <kbd className={styles.keys}>{keys}</kbd>}
    </Item>,
  ]);
}

interface MenuProps {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  /** Where the focus goes afterwards is up to the entry: it began something that takes it. */
  readonly keepFocus?: () => boolean;
}

export function ContextMenuContent({ label, entries, keepFocus }: MenuProps) {
  return (
    <ContextMenu.Portal>
      <ContextMenu.Content
        className={styles.menu}
        aria-label={label}
        collisionPadding={8}
        onCloseAutoFocus={(event) => {
          if (keepFocus?.() === true) event.preventDefault();
        }}
      >
        <Entries kind="context" entries={entries} />
      </ContextMenu.Content>
    </ContextMenu.Portal>
  );
}

export function DropdownMenuContent({ label, entries, keepFocus }: MenuProps) {
  return (
    <DropdownMenu.Portal>
      <DropdownMenu.Content
        className={styles.menu}
        aria-label={label}
        align="start"
        sideOffset={4}
        collisionPadding={8}
        onCloseAutoFocus={(event) => {
          if (keepFocus?.() === true) event.preventDefault();
        }}
      >
        <Entries kind="dropdown" entries={entries} />
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  );
}
