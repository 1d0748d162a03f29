/** Every action by name. Type, choose with the arrows, Enter. */

import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useId, useState, type KeyboardEvent } from 'react';
import * as say from '../../messages/en/dialogs';
import { groupName, isEnabled, type Action } from '../actions/action';
import { ACTIONS } from '../actions';
import { useStudio, useStudioState } from '../StudioContext';
import { Keys } from '../ui/Keys';
import { returnFocus } from '../ui/returnFocus';
import styles from './CommandPalette.module.css';
import { rankActions } from './rankActions';

function Finder({ onDone }: { readonly onDone: () => void }) {
  const studio = useStudio();
  const [search, setSearch] = useState('');
  const [index, setIndex] = useState(0);
  const id = useId();
  const state = useStudioState((each) => each);
  const found = rankActions(
    ACTIONS.filter((action) => action.name !== 'help.palette' && isEnabled(action, state)),
    search,
  );
  const active = Math.min(index, found.length - 1);
  const choose = (action: Action | undefined) => {
    if (action === undefined) return;
    onDone();
    void action.perform(studio);
    action.release?.(studio);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      const next = (active + step + found.length) % found.length;
      setIndex(next);
      document.getElementById(`${id}-${String(next)}`)?.scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(found[active]);
    }
  };
  return (
    <>
      <div className={styles.search}>
        <Search aria-hidden size={16} />
        <input
          className={styles.input}
          type="text"
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={active < 0 ? undefined : `${id}-${String(active)}`}
          aria-label={say.search()}
          placeholder={say.searchPlaceholder()}
          autoComplete="off"
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setIndex(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul id={`${id}-list`} role="listbox" aria-label={say.actions()} className={styles.list}>
        {found.map((action, position) => {
          const { icon: Icon } = action;
          return (
            <li
              key={action.name}
              id={`${id}-${String(position)}`}
              role="option"
              aria-selected={position === active}
              className={styles.option}
              onPointerMove={() => {
                setIndex(position);
              }}
              onClick={() => {
                choose(action);
              }}
            >
              {Icon === undefined ? null : <Icon aria-hidden size={16} strokeWidth={1.6} />}
              <span className={styles.label}>{action.label()}</span>
              <span className={styles.group}>{groupName(action.group)}</span>
              {action.shortcuts?.[0] === undefined ? null : <Keys shortcut={action.shortcuts[0]} />}
            </li>
          );
        })}
      </ul>
      {found.length === 0 ? <p className={styles.none}>{say.nothingMatches({ search })}</p> : null}
    </>
  );
}

export function CommandPalette() {
  const open = useStudioState((state) => state.dialog === 'palette');
  const setDialog = useStudioState((state) => state.setDialog);
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => {
        setDialog(next ? 'palette' : undefined);
      }}
    >
      <Dialog.Portal>
        <Dialog.Overlay className={styles.veil} />
        <Dialog.Content className={styles.palette} aria-describedby={undefined} {...returnFocus}>
          <Dialog.Title className={styles.title}>{say.search()}</Dialog.Title>
          <Finder
            onDone={() => {
              setDialog(undefined);
            }}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
