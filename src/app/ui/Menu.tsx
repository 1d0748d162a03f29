/** The same entries in a menu that drops from a button and in one that opens where the pointer is. */

import type { LucideIcon } from 'lucide-react';
import { ContextMenu, DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
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
  /** What it begins takes the focus: it begins when the menu has gone, which would else take the focus back. */
  readonly takesFocus?: boolean;
  readonly onSelect: () => void;
}

interface EntriesProps {
  readonly kind: 'context' | 'dropdown';
  readonly entries: readonly MenuEntry[];
  readonly later: (begin: () => void) => void;
}

function Entries({ kind, entries, later }: EntriesProps) {
  const { Item, Separator } = kind === 'context' ? ContextMenu : DropdownMenu;
  return entries.map(
    ({ label, icon: Icon, detail, keys, disabled = false, tone, separated = false, takesFocus = false, onSelect }) => [
      separated ? <Separator key={`above ${label}`} className={styles.separator} /> : null,
      <Item
        key={label}
        className={styles.item}
        data-tone={tone}
        disabled={disabled}
        onSelect={
          takesFocus
            ? () => {
                later(onSelect);
              }
            : onSelect
        }
      >
        <Icon aria-hidden size={15} strokeWidth={1.75} />
        <span className={styles.words}>
          <span>{label}</span>
          {detail === undefined ? null : <span className={styles.detail}>{detail}</span>}
        </span>
        {keys === undefined ? null : <kbd className={styles.keys}>{keys}</kbd>}
      </Item>,
    ],
  );
}

/** What waits for the menu to go. */
function useLater(): {
  readonly later: (begin: () => void) => void;
  readonly onCloseAutoFocus: (event: Event) => void;
} {
  const waiting = useRef<() => void>(undefined);
  return {
    later: (begin) => {
      waiting.current = begin;
    },
    onCloseAutoFocus: (event) => {
      const begin = waiting.current;
      if (begin === undefined) return;
      waiting.current = undefined;
      event.preventDefault();
      begin();
    },
  };
}

interface MenuProps {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
}

export function ContextMenuContent({ label, entries }: MenuProps) {
  const { later, onCloseAutoFocus } = useLater();
  return (
    <ContextMenu.Portal>
      <ContextMenu.Content
        className={styles.menu}
        aria-label={label}
        collisionPadding={8}
        onCloseAutoFocus={onCloseAutoFocus}
      >
        <Entries kind="context" entries={entries} later={later} />
      </ContextMenu.Content>
    </ContextMenu.Portal>
  );
}

export function DropdownMenuContent({ label, entries }: MenuProps) {
  const { later, onCloseAutoFocus } = useLater();
  return (
    <DropdownMenu.Portal>
      <DropdownMenu.Content
        className={styles.menu}
        aria-label={label}
        align="start"
        sideOffset={4}
        collisionPadding={8}
        onCloseAutoFocus={onCloseAutoFocus}
      >
        <Entries kind="dropdown" entries={entries} later={later} />
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  );
}
