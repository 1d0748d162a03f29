/**
 * Where results stand as DICOM: those of one film, written in one session, are one series of one study, each with its number. In the
 * film's own study they are one series whenever they are sent.
 */

import { uidOfText, newUid } from '../dicom/uid';
import type { SeriesPlace } from '../dicom/write-counterfactual';

export class ResultSeries {
  private readonly numbers = new Map<string, number>();
  private readonly written = new Map<string, number>();

  /** @param key a secret of the session, so that nobody learns from a UID which film it was */
  constructor(private readonly key = newUid()) {}

  /**
   * The same result written in the same way again is the same instance.
   * @param origin tells the film from others
   * @param content all that the file will say
   * @param study that it is to stand in, whose film the file names anyway: no secret is needed, and the same result sent again on
   *   another day is still the same instance. Undefined: one of its own. A series is of one study
   */
  async place(origin: string, content: string, study?: string): Promise<SeriesPlace> {
    const film = study === undefined ? origin : `${origin} in ${study}`;
    const key = study === undefined ? this.key : 'in its study';
    const uid = (of: string): Promise<string> => uidOfText(`${key} ${of} ${film}`);
    const sopInstanceUid = await uidOfText(`${key} instance ${film} ${content}`);
    const instanceNumber = this.numbers.get(sopInstanceUid) ?? (this.written.get(film) ?? 0) + 1;
    if (!this.numbers.has(sopInstanceUid)) {
      this.numbers.set(sopInstanceUid, instanceNumber);
      this.written.set(film, instanceNumber);
    }
    return {
      studyInstanceUid: study ?? (await uid('study')),
      seriesInstanceUid: await uid('series'),
      sopInstanceUid,
      instanceNumber,
    };
  }
}

/** Of this visit, or of this run of the command line. */
export const SESSION_SERIES = new ResultSeries();
