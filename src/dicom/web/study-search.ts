/** A search that goes on: page after page, a modality beside the other, each study once. */

import type { Archive } from './archive';
import type { ArchiveStudy, StudyQuery } from './query';

/** Studies asked for at a time. */
const PAGE = 50;

interface OpenQuestion {
  readonly modality: string | undefined;
  /** How many the archive gave until now. */
  given: number;
  readonly seen: Set<string>;
  /** The archive goes wrong about offsets: it is asked for all from the first one on. */
  fromStart: boolean;
}

export class StudySearch {
  private readonly found = new Map<string, ArchiveStudy>();
  /** Where each question stands: one a modality, since not every archive takes a list of them. */
  private readonly open: OpenQuestion[];

  constructor(
    private readonly archive: Archive,
    private readonly query: StudyQuery,
    private readonly limit = PAGE,
  ) {
    const { modalities } = query;
    this.open = (modalities.length === 0 ? [undefined] : modalities).map((modality) => ({
      modality,
      given: 0,
      seen: new Set(),
      fromStart: false,
    }));
  }

  /** Whether the archive may have more. */
  get more(): boolean {
    return this.open.length > 0;
  }

  /** All that was found until now, the newest first. */
  get studies(): readonly ArchiveStudy[] {
    return [...this.found.values()].sort((a, b) => whenOf(b).localeCompare(whenOf(a)));
  }

  /** @returns `studies`. @throws the errors of ./errors; what was found stays */
  async next(signal?: AbortSignal): Promise<readonly ArchiveStudy[]> {
    for (const question of [...this.open]) {
      let { isNew, full } = await this.page(question, signal);
      // After a full page nothing new: the end, or an archive that ignores offsets (some repeat a page, Orthanc 1.10 counts the limit
      // from the first one on where modalities are asked for).
      if (!isNew && question.given > 0 && !question.fromStart) {
        question.fromStart = true;
        ({ isNew, full } = await this.page(question, signal));
      }
      if (!isNew || !full) this.open.splice(this.open.indexOf(question), 1);
    }
    return this.studies;
  }

  private async page(
    question: OpenQuestion,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly isNew: boolean; readonly full: boolean }> {
    const { modality, given: before, seen, fromStart } = question;
    const page = fromStart ? { limit: before + this.limit, offset: 0 } : { limit: this.limit, offset: before };
    const { studies, given, full } = await this.archive.studies(this.query, modality, page, signal);
    const known = seen.size;
    for (const study of studies) {
      seen.add(study.studyInstanceUid);
      this.found.set(study.studyInstanceUid, study);
    }
    const isNew = seen.size > known;
    if (isNew) question.given = fromStart ? given : before + given;
    return { isNew, full };
  }
}

function whenOf({ date = '', time = '' }: ArchiveStudy): string {
  return `${date} ${time}`;
}
