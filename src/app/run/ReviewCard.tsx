/** A row of results: source, result and difference of each, what was asked, and what was decided. */

import { Check, Undo2, X } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import type { RowComponentProps } from 'react-window';
import * as receipt from '../../messages/en/receipt';
import * as say from '../../messages/en/run';
import type { ReviewItem } from '../../state/run/reviewFilter';
import type { Strips } from '../../state/run/strips';
import { UNMEASURED_ICON, VERDICT_ICONS, VERDICT_WORDS } from '../receipt/verdicts';
import { reasonWords } from './ReviewKeys';
import { StripPictures } from './StripPictures';
import styles from './ReviewCard.module.css';

export interface ReviewRowProps {
  readonly items: readonly ReviewItem[];
  readonly columns: number;
  readonly strips: Strips;
  readonly currentId: string | undefined;
  readonly onChoose: (id: string) => void;
  readonly onEnlarge: () => void;
  readonly onDecide: (id: string, decision: 'accept' | 'reject' | 'none') => void;
}

export const cardId = (id: string): string => `review-${id}`;

export function ReviewRow({
  index,
  style,
  items,
  columns,
  ariaAttributes: _,
  ...rest
}: RowComponentProps<ReviewRowProps>) {
  return (
    <div role="presentation" className={styles.row} style={style}>
      {items.slice(index * columns, (index + 1) * columns).map((item) => (
        <Card key={item.id} item={item} columns={columns} {...rest} />
      ))}
    </div>
  );
}

type CardProps = Omit<ReviewRowProps, 'items'> & { readonly item: ReviewItem };

function Card({ item, columns, strips, currentId, onChoose, onEnlarge, onDecide }: CardProps) {
  const isCurrent = item.id === currentId;
  const decision = decisionWords(item);
  const deed = (kind: 'accept' | 'reject' | 'none') => () => {
    onDecide(item.id, kind);
  };
  return (
    <div
      id={cardId(item.id)}
      role="option"
      aria-selected={isCurrent}
      aria-label={say.card({
        class: item.class.replaceAll('_', ' '),
        request: item.done.item.request,
        verdict: verdictWords(item.verdict),
        decision,
      })}
      className={styles.card}
      data-current={isCurrent}
      data-decision={item.decision}
      style={{ flexBasis: `calc((100% - ${String(12 * (columns - 1))}px) / ${String(columns)})` }}
      onClick={() => {
        onChoose(item.id);
      }}
    >
      <div className={styles.pictures} onDoubleClick={onEnlarge}>
        <Pictures id={item.id} strips={strips} />
      </div>
      <div className={styles.words}>
        <Verdict verdict={item.verdict} />
        <span className={styles.request} title={item.done.item.film}>
          {item.done.item.request}
        </span>
        <span className={styles.decision}>{decision}</span>
        {/* What the keys do, for a mouse or a finger; an option has no children that can be focused. */}
        <span
          className={styles.deeds}
          aria-hidden
          onMouseDown={(event) => {
            // The keys stay with the list.
            event.preventDefault();
            event.currentTarget.closest<HTMLElement>('[role=listbox]')?.focus({ preventScroll: true });
          }}
        >
          {item.decision === 'none' ? null : (
            <span className={styles.deed} title={say.takeBack()} onClick={deed('none')}>
              <Undo2 size={14} />
            </span>
          )}
          <span className={styles.deed} title={say.accept()} onClick={deed('accept')}>
            <Check size={15} />
          </span>
          <span className={styles.deed} title={say.reject()} onClick={deed('reject')}>
            <X size={15} />
          </span>
        </span>
      </div>
    </div>
  );
}

export function decisionWords({ decision, accepted, reason }: ReviewItem): string {
  if (decision === 'accept') return say.acceptedChoice();
  if (decision === 'reject')
    return reason === '' ? say.rejectedChoice() : say.rejectedBecause({ reason: reasonWords(reason) });
  return accepted ? say.wouldAccept() : say.wouldReject();
}

function isVerdict(text: string): text is keyof typeof VERDICT_WORDS {
  return text in VERDICT_WORDS;
}

const verdictWords = (verdict: string): string =>
  isVerdict(verdict) ? VERDICT_WORDS[verdict]() : receipt.notMeasured();

function Verdict({ verdict }: { readonly verdict: string }) {
  const Icon = isVerdict(verdict) ? VERDICT_ICONS[verdict] : UNMEASURED_ICON;
  return (
    <span className={styles.verdict} data-verdict={verdict} title={verdictWords(verdict)}>
      <Icon aria-hidden size={15} />
    </span>
  );
}

function Pictures({ id, strips }: { readonly id: string; readonly strips: Strips }) {
  const strip = useSyncExternalStore(strips.subscribe, () => strips.get(id));
  useEffect(() => {
    if (strip !== undefined) return undefined;
    strips.want(id);
    return () => {
      strips.unwant(id);
    };
  }, [id, strip, strips]);
  return <StripPictures strip={strip} />;
}
