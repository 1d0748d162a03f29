/** What a run puts into its queue, what it makes of what it takes from there, and what it tells at its end: all but the queue itself. */

import type { AttemptRecord } from '../../run/folder';
import type { Outcome, RunItem } from '../../run/item';

export interface QueuedItem {
  readonly item: RunItem;
  /** How often it had failed when it was put there: it is to be made unless it is done, or has failed again since. */
  readonly failures: number;
}

export interface QueueReport {
  /** Of the whole run, whoever made them, in the order of the items; absent: not reached. */
  readonly outcomes: readonly Outcome[];
  /** By this process. */
  readonly made: number;
  readonly failed: number;
  readonly stopped: boolean;
  /** Items that no worker could finish, with the last reason. */
  readonly dead: readonly { readonly item: RunItem; readonly reason: string }[];
}

/** The items to put into the queue, each under a name that is the same for every process that puts it there. */
export function jobsToAdd(
  items: readonly RunItem[],
  { outcomes, failures }: AttemptRecord,
  retryFailed: boolean,
): readonly { readonly id: string; readonly data: QueuedItem }[] {
  return items.flatMap((item) => {
    const before = outcomes.get(item.id);
    if (before?.status === 'done' || (before?.status === 'failed' && !retryFailed)) return [];
    const failed = failures.get(item.id) ?? 0;
    // BullMQ takes no number for a name, which an item's can be. What is tried again is another job: the first is remembered as done.
    const id = failed === 0 ? `item-${item.id}` : `item-${item.id}-again-${String(failed)}`;
    return [{ id, data: { item, failures: failed } }];
  });
}

/** Another may have made it meanwhile, or died only after it had written it down. */
export function isToMake({ item, failures }: QueuedItem, now: AttemptRecord): boolean {
  return now.outcomes.get(item.id)?.status !== 'done' && (now.failures.get(item.id) ?? 0) <= failures;
}

/**
 * @param jobs what this process put into the queue
 * @param given what the queue gave up, with the last reason
 */
export function queueReport(
  items: readonly RunItem[],
  jobs: readonly { readonly data: QueuedItem }[],
  now: AttemptRecord,
  given: readonly { readonly data: QueuedItem; readonly failedReason?: string }[],
  made: number,
): QueueReport {
  const own = new Set(items.map(({ id }) => id));
  const outcomes = items.flatMap(({ id }) => now.outcomes.get(id) ?? []);
  const dead = new Map(
    given
      .filter(({ data }) => own.has(data.item.id) && isToMake(data, now))
      .map(({ data: { item }, failedReason = '' }) => [item.id, { item, reason: failedReason }]),
  );
  return {
    outcomes,
    made,
    failed: outcomes.filter(({ status }) => status === 'failed').length,
    stopped: jobs.some(({ data }) => isToMake(data, now) && !dead.has(data.item.id)),
    dead: [...dead.values()],
  };
}
