/** What the studio has to say: errors, warnings, confirmations. */

import type { StateCreator } from 'zustand/vanilla';
import type { Problem } from '../../record/problem';

export interface Notice {
  readonly id: number;
  readonly tone: 'success' | 'warning' | 'error';
  readonly title: string;
  readonly problems: readonly Problem[];
  /** What it is of, by names that `dismissAbout` knows: once that is gone or mended, the message goes too. */
  readonly about?: readonly string[];
}

export interface NoticesSlice {
  readonly notices: readonly Notice[];
  notify(notice: Omit<Notice, 'id'>): void;
  dismissNotice(id: number): void;
  /** What was said of it is true no more. */
  dismissAbout(subject: string): void;
}

/** A subject of messages: a radiograph, a job, or the saving of the project. */
export const about = {
  document: (id: string): string => `document ${id}`,
  job: (id: string): string => `job ${id}`,
  saving: 'saving',
} as const;

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
    dismissAbout: (subject) => {
      set(({ notices }) => ({ notices: notices.filter(({ about = [] }) => !about.includes(subject)) }));
    },
    dismissNotice: (id) => {
      set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
    },
  };
};
