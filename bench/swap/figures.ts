/** What a list of swaps comes to. Pure. */

/** One recipient with one donor's opacity. */
export interface Swap {
  /** Severity of each zone by the second reader: recipient, donor, result. */
  readonly before: readonly number[];
  readonly donor: readonly number[];
  readonly after: readonly number[];
  /** Change from the recipient's healthy twin, in the lungs' own coordinates. */
  readonly change: readonly number[];
  /** The donor's own change from its healthy twin, in the same. */
  readonly pathology: readonly number[];
  readonly lungs: number;
  readonly heart: number;
}

export interface Figures {
  /** Correlation of all zones' grades with the donor's. */
  readonly zones: number;
  /** Of zones on which recipient and donor differed: shares that are as the donor's now. */
  readonly opaque: number;
  readonly clear: number;
  /** Share of swaps whose own donor's pathology is more like the change than any other donor's, and mean correlation with it and the others'. */
  readonly found: number;
  readonly own: number;
  readonly others: number;
  readonly lungs: number;
  readonly heart: number;
  readonly swaps: number;
}

/** @param from severity from which a zone counts as opaque */
export function figuresOf(swaps: readonly Swap[], from: number): Figures {
  const differing = swaps.flatMap(({ before, donor, after }) =>
    donor.flatMap((there, zone) => {
      const [was, is] = [before[zone] ?? 0, after[zone] ?? 0];
      return was >= from === there >= from ? [] : [{ opaque: there >= from, came: is >= from === there >= from }];
    }),
  );
  const likeness = swaps.map(({ change }) => swaps.map(({ pathology }) => correlation(change, pathology)));
  const own = likeness.map((row, index) => row[index] ?? 0);
  const others = likeness.flatMap((row, index) => row.filter((_, at) => at !== index));
  return {
    zones: correlation(
      swaps.flatMap(({ after }) => after),
      swaps.flatMap(({ donor }) => donor),
    ),
    opaque: mean(differing.filter(({ opaque }) => opaque).map(({ came }) => Number(came))),
    clear: mean(differing.filter(({ opaque }) => !opaque).map(({ came }) => Number(came))),
    found: mean(
      likeness.map((row, index) => Number(row.every((value, at) => at === index || value < (own[index] ?? 0)))),
    ),
    own: mean(own),
    others: mean(others),
    lungs: mean(swaps.map(({ lungs }) => lungs)),
    heart: mean(swaps.map(({ heart }) => heart)),
    swaps: swaps.length,
  };
}

/** 0 where one of them does not vary. */
export function correlation(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [mean(one), mean(other)];
  let [both, ofOne, ofOther] = [0, 0, 0];
  one.forEach((value, at) => {
    const [x, y] = [value - a, (other[at] ?? 0) - b];
    [both, ofOne, ofOther] = [both + x * y, ofOne + x * x, ofOther + y * y];
  });
  return ofOne === 0 || ofOther === 0 ? 0 : both / Math.sqrt(ofOne * ofOther);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
