/** Lookup tables of the modality and VOI LUT modules (PS3.3 C.11.1 and C.11.2). */

export interface GreyTable {
  /** Input of the first entry; smaller inputs take it, too, larger ones than the last take the last. */
  readonly first: number;
  /** Outputs lie in 0 .. 2^bits - 1. */
  readonly bits: number;
  readonly entries: readonly number[];
}

/** The output for an input, which is rounded to the nearest entry. */
export function tableOutput({ first, entries }: GreyTable, input: number): number {
  const at = Math.min(entries.length - 1, Math.max(0, Math.round(input) - first));
  return entries[at] as number;
}

/** Whether the table ends lower than it begins: it shows the negative of what it is given. */
export function tableFalls({ entries }: GreyTable): boolean {
  return (entries.at(-1) ?? 0) < (entries[0] ?? 0);
}

/**
 * The line through 10 % and 90 % of the span of `outputs`, as the indices at which it is at the least and at the greatest
 * of them (the first is the greater one where outputs fall); undefined where they neither rise nor fall.
 */
export function lineThrough(outputs: ArrayLike<number>): readonly [least: number, greatest: number] | undefined {
  let least = Infinity;
  let greatest = -Infinity;
  for (let i = 0; i < outputs.length; i++) {
    const output = outputs[i] as number;
    least = Math.min(least, output);
    greatest = Math.max(greatest, output);
  }
  const falls = (outputs[outputs.length - 1] as number) < (outputs[0] as number);
  const at = (index: number): number => outputs[falls ? outputs.length - 1 - index : index] as number;
  const reaches = (share: number): number => {
    const wanted = least + share * (greatest - least);
    for (let index = 0; index < outputs.length; index++) if (at(index) >= wanted) return index;
    return outputs.length - 1;
  };
  const [low, high] = [reaches(0.1), reaches(0.9)];
  if (!(low < high)) return undefined;
  const tail = (high - low) / 8;
  const ends = [low - tail, high + tail] as const;
  return falls ? [outputs.length - 1 - ends[0], outputs.length - 1 - ends[1]] : ends;
}
