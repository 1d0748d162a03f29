/**
 * Run-length code for masks: a value byte, then the run's length as a base-128 varint.
 * Masks are mostly long runs of 0 and 255, so an undo step of a full-size stroke takes a few kilobytes.
 */

export type Runs = Uint8Array & { readonly __unit?: 'runs' };

export function packRuns(values: Uint8Array): Runs {
  const packed: number[] = [];
  for (let start = 0; start < values.length; ) {
    const value = values[start] ?? 0;
    let end = start + 1;
    while (end < values.length && values[end] === value) end++;
    packed.push(value);
    for (let length = end - start; ; length >>>= 7) {
      if (length < 128) {
        packed.push(length);
        break;
      }
      packed.push((length & 127) | 128);
    }
    start = end;
  }
  return Uint8Array.from(packed);
}

/** @param length number of values that were packed */
export function unpackRuns(runs: Runs, length: number): Uint8Array {
  const values = new Uint8Array(length);
  let written = 0;
  for (let at = 0; at < runs.length; ) {
    const value = runs[at++] ?? 0;
    let run = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = runs[at++] ?? 0;
      run += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    values.fill(value, written, written + run);
    written += run;
  }
  return values;
}
