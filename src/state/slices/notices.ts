/** What the studio has to say: errors, warnings, confirmations. */

import type { StateCreator } from 'zustand/vanilla';
import type { Problem } from '../../record/problem';

export interface Notice {
  readonly id: number;
  readonly tone: 'success' | 'warning' | 'error';
  readonly title: string;
  readonly problems: readonly Problem[];
}

export interface NoticesSlice {
  readonly notices: readonly Notice[];
  notify(notice: Omit<Notice, 'id'>): void;
  dismissNotice(id: number): void;
}

/** More would hide the picture; the oldest go first. */
const MOST = 5;

export const createNoticesSlice: StateCreator<NoticesSlice> = (set) => {
  let last = 0;
  return {
    notices: [],
    notify: (notice) => {
      last++;
      const id = last;
      set(({ notices }) => ({ notices: [...notices, { ...notice, id }].slice(-MOST) }));
    },
    dismissNotice: (id) => {
      set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
    },
  };
};
