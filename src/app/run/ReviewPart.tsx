/** Results one beside the other, decided on by keyboard: only those in sight are on the page. */

import { FolderOpen } from 'lucide-react';
import { useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import { List, useListRef } from 'react-window';
import * as say from '../../messages/en/run';
import { REASONS } from '../../run/reasons';
import { chooseFilms } from '../../state/commands/planRun';
import { decide } from '../../state/commands/reviewRun';
import { filtered, nextOf, NO_FILTER, type ReviewItem } from '../../state/run/reviewFilter';
import type { OpenRun } from '../../state/slices/run';
import { useStudio } from '../StudioContext';
import { Button } from '../ui/Button';
import { ReviewFilters } from './ReviewFilters';
import { LargeResult } from './LargeResult';
import { cardId, decisionWords, ReviewRow } from './ReviewCard';
import { ReviewKeys } from './ReviewKeys';
import styles from './ReviewPart.module.css';

/** Pixels; a card narrower than this shows too little of a chest. */
const LEAST_CARD = 520;
const GAP = 12;
/** Height of a picture by its width: most films are a little higher than wide. */
const PORTRAIT = 1.12;
/** Of a row beside its pictures: words, buttons and the room to the next. */
const AROUND = 58;

export function ReviewPart({ run, items }: { readonly run: OpenRun; readonly items: readonly ReviewItem[] }) {
  const studio = useStudio();
  const [filter, setFilter] = useState(NO_FILTER);
  const [chosen, setChosen] = useState<string>();
  const [width, setWidth] = useState(1072);
  const [isLarge, setLarge] = useState(false);
  const list = useListRef(null);
  const shown = useMemo(() => filtered(items, filter), [items, filter]);
  const at = Math.max(
    0,
    shown.findIndex(({ id }) => id === chosen),
  );
  const current = shown[at];
  const columns = Math.max(1, Math.floor((width + GAP) / (LEAST_CARD + GAP)));
  const panel = (width - (columns - 1) * GAP) / columns / 3;
  const row = Math.floor(at / columns);
  useEffect(() => {
    if (shown.length > 0) list.current?.scrollToRow({ index: row, align: 'smart' });
  }, [list, row, shown.length]);

  const settle = (id: string, decision: 'accept' | 'reject' | 'none', reason = ''): void => {
    // A filter by decision takes the item away, and the next comes into its place.
    if (decision !== 'none') setChosen(nextOf(shown, id));
    void decide(studio, { id, decision, reason });
  };
  const move = (by: number): void => {
    const next = shown[Math.min(shown.length - 1, Math.max(0, at + by))];
    if (next !== undefined) setChosen(next.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (current === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const reason = REASONS[Number(event.key) - 1];
    const deeds: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => {
        move(-1);
      },
      ArrowRight: () => {
        move(1);
      },
      ArrowUp: () => {
        move(-columns);
      },
      ArrowDown: () => {
        move(columns);
      },
      Enter: () => {
        setLarge(!isLarge);
      },
      Home: () => {
        move(-shown.length);
      },
      End: () => {
        move(shown.length);
      },
      a: () => {
        settle(current.id, 'accept');
      },
      r: () => {
        settle(current.id, 'reject');
      },
      u: () => {
        settle(current.id, 'none');
      },
      ...(reason === undefined
        ? {}
        : {
            [event.key]: () => {
              settle(current.id, 'reject', reason);
            },
          }),
    };
    const deed = deeds[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (deed === undefined) return;
    event.preventDefault();
    deed();
  };

  if (items.length === 0) return <p className={styles.blank}>{say.nothing()}</p>;
  return (
    <>
      <ReviewFilters items={items} shown={shown} filter={filter} onChange={setFilter} />
      {run.films === undefined && run.plan !== undefined ? (
        <div className={styles.films}>
          <Button size="small" tone="quiet" icon={FolderOpen} onClick={() => void chooseFilms(studio)}>
            {say.chooseFilms()}
          </Button>
        </div>
      ) : null}
      {shown.length === 0 ? (
        <p className={styles.blank}>{say.noneMatches()}</p>
      ) : (
        <div className={styles.area}>
          <List
            className={styles.list ?? ''}
            listRef={list}
            role="listbox"
            tabIndex={0}
            aria-label={say.results()}
            aria-activedescendant={current === undefined ? undefined : cardId(current.id)}
            onKeyDown={onKeyDown}
            onResize={({ width: next }) => {
              if (next > 0) setWidth(next - 2 * 24);
            }}
            defaultHeight={600}
            overscanCount={1}
            rowCount={Math.ceil(shown.length / columns)}
            rowHeight={Math.round(panel * PORTRAIT + AROUND)}
            rowComponent={ReviewRow}
            rowProps={{
              items: shown,
              columns,
              strips: run.strips,
              currentId: current?.id,
              onChoose: setChosen,
              onEnlarge: () => {
                setLarge(true);
              },
              onDecide: settle,
            }}
          />
          {isLarge && current !== undefined ? (
            <LargeResult
              item={current}
              strips={run.strips}
              words={decisionWords(current)}
              onClose={() => {
                setLarge(false);
              }}
            />
          ) : null}
        </div>
      )}
      <ReviewKeys />
    </>
  );
}
