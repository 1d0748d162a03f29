/** Which actions a search means, best first. Pure. */

import { groupName, type Action } from '../actions/action';

function score(action: Action, word: string): number {
  const label = action.label().toLocaleLowerCase();
  if (label.startsWith(word)) return 4;
  if (label.includes(` ${word}`)) return 3;
  if (
    `${groupName(action.group)} ${action.keywords?.() ?? ''}`
      .toLocaleLowerCase()
      .split(' ')
      .some((each) => each.startsWith(word))
  )
    return 2;
  return label.includes(word) ? 1 : 0;
}

/** Every word has to be found somewhere; an empty search means everything, in the given order. */
export function rankActions(actions: readonly Action[], search: string): readonly Action[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return actions
    .map((action) => ({ action, scores: words.map((word) => score(action, word)) }))
    .filter(({ scores }) => scores.every((each) => each > 0))
    .map(({ action, scores }) => ({ action, total: scores.reduce((sum, each) => sum + each, 0) }))
    .sort((a, b) => b.total - a.total)
    .map(({ action }) => action);
}
