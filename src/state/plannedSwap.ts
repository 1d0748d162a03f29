/** What a swap asks of its recipient: the donor's findings as they are read, and those that it is borrowed for. Pure. */

import type { Edit, Reading } from '../counterfactual/edit';
import type { Pathology } from '../findings/pathology';
import type { Radiograph } from '../imaging/radiograph';
import { placesFor } from '../dataset/plan/requests';
import { randomOf } from '../dataset/plan/random';
import type { PlaceSeverities } from '../findings/change';
import type { Finding } from '../findings/vocabulary';
import { findingName } from '../findings/words';
import { BorrowedFromItselfError, NothingBorrowedError } from '../run/errors';
import type { RunDonor } from '../run/item';
import { streamsMeasure, type DonorFilm, type TakeApart } from './donorStreams';
import { isSameFilm, travellingFindings, WHOLE_IMAGE, type TravellingFinding } from './swap';
import { matrixEdit } from './swapMatrix';

export interface BorrowedFrom extends DonorFilm {
  readonly pathology: Pathology | undefined;
}

/** @throws BorrowedFromItselfError where the donor is a copy of the film, whatever its name */
export function requireAnother(film: Radiograph, donor: Radiograph): void {
  if (isSameFilm(film, donor)) throw new BorrowedFromItselfError(film.name, donor.name);
}

/** Reads a donor once for all that is borrowed from it. */
export class Donors {
  #last: { readonly film: DonorFilm['film']; readonly donor: Promise<BorrowedFrom> } | undefined;

  /** @param take takes the donor's film apart @throws what reading or taking apart throws; it is then tried again */
  read(
    film: DonorFilm['film'],
    read: () => Promise<DonorFilm>,
    take: TakeApart,
    signal: AbortSignal | undefined,
  ): Promise<BorrowedFrom> {
    if (this.#last?.film === film) return this.#last.donor;
    const donor = borrowedFrom(read, take, signal);
    this.#last = { film, donor };
    donor.catch(() => {
      if (this.#last?.donor === donor) this.#last = undefined;
    });
    return donor;
  }
}

async function borrowedFrom(
  read: () => Promise<DonorFilm>,
  take: TakeApart,
  signal: AbortSignal | undefined,
): Promise<BorrowedFrom> {
  const donor = await read();
  if (donor.doubt !== undefined) throw donor.doubt;
  const measured = await streamsMeasure(donor, take)?.(signal);
  return { ...donor, pathology: measured?.pathology };
}

/**
 * What is asked for by name travels even where the reader is less sure than its threshold, since who asks, or a table, says that the
 * donor shows it. Where the reader does not tell the places, they are chosen as those of a drawing are, by the item's name.
 * @param thresholds calibrated probability from which the reader calls a finding
 * @throws NothingBorrowedError where what is named looks like opacity and the reader sees none, or cannot be there; where nothing is
 * named and nothing is seen
 */
export function editOfSwap(
  { id, donor: { finding, only, keepsOwn = false } }: { readonly id: string; readonly donor: Omit<RunDonor, 'film'> },
  { film, reading, pathology }: BorrowedFrom,
  recipient: Pick<Reading, 'zoneSeverity'>,
  thresholds: Readonly<Partial<Record<Finding, number>>>,
): Edit {
  const random = randomOf(Number.parseInt(id.slice(0, 8), 16) || 0);
  const meant = only ?? (finding === undefined ? [] : [finding]);
  const called = { ...thresholds, ...Object.fromEntries(meant.map((each) => [each, 0])) };
  const travelling = travellingFindings(reading, called)
    .filter((each) => only?.includes(each.finding) ?? true)
    .map((each) =>
      meant.includes(each.finding) && !each.placed ? { ...each, severities: placed(each, random) } : each,
    );
  const unseen = meant.find((each) => travelling.every((one) => one.finding !== each));
  const edit =
    unseen === undefined && travelling.length > 0
      ? matrixEdit(recipient, travelling, pathology, { meant, clear: !keepsOwn })
      : undefined;
  if (edit === undefined) {
    const missing = unseen ?? meant[0];
    throw new NothingBorrowedError(film.name, missing && findingName(missing));
  }
  return edit;
}

/** The table is sure of it. */
function placed({ finding }: TravellingFinding, random: () => number): PlaceSeverities {
  return Object.fromEntries(placesFor(finding, random).map((place) => [place, WHOLE_IMAGE]));
}
