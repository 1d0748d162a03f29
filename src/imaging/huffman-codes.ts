/** Canonical Huffman codes of a limited length, as deflate (RFC 1951, 3.2.2) wants them. */

interface Node {
  readonly count: number;
  readonly symbols: readonly number[];
}

/**
 * Bits of each symbol's code, 0 for one that does not occur; a code of one symbol alone has one bit.
 * @param counts how often each symbol occurs
 * @param limit the longest that a code may be
 */
export function lengthsOf(counts: Uint32Array, limit: number): Uint8Array {
  let weights = counts;
  for (;;) {
    const lengths = unlimitedLengths(weights);
    if (lengths.every((length) => length <= limit)) return lengths;
    // Nearer to each other, so that the rarest lie less deep.
    weights = weights.map((count) => (count === 0 ? 0 : (count >> 1) + 1));
  }
}

function unlimitedLengths(counts: Uint32Array): Uint8Array {
  const lengths = new Uint8Array(counts.length);
  const leaves: Node[] = [];
  counts.forEach((count, symbol) => {
    if (count > 0) leaves.push({ count, symbols: [symbol] });
  });
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined) lengths[only.symbols[0] as number] = 1;
  leaves.sort((one, other) => one.count - other.count);
  // Two queues: leaves in order, and joined nodes, which come in order by themselves.
  const joined: Node[] = [];
  let [leaf, join] = [0, 0];
  const least = (): Node => {
    const [single, pair] = [leaves[leaf], joined[join]];
    if (pair === undefined || (single !== undefined && single.count <= pair.count)) {
      leaf++;
      return single as Node;
    }
    join++;
    return pair;
  };
  for (let left = leaves.length; left > 1; left--) {
    const [one, other] = [least(), least()];
    const symbols = [...one.symbols, ...other.symbols];
    for (const symbol of symbols) lengths[symbol] = (lengths[symbol] as number) + 1;
    joined.push({ count: one.count + other.count, symbols });
  }
  return lengths;
}

/** The codes of those lengths, turned round: deflate writes codes from their highest bit, and everything else from its lowest. */
export function codesOf(lengths: Uint8Array): Uint16Array {
  const ofLength = new Uint16Array(17);
  for (const length of lengths) if (length > 0) ofLength[length] = (ofLength[length] as number) + 1;
  const next = new Uint16Array(17);
  for (let bits = 1; bits <= 15; bits++) next[bits + 1] = ((next[bits] as number) + (ofLength[bits] as number)) << 1;
  return Uint16Array.from(lengths, (length) => {
    if (length === 0) return 0;
    const code = next[length] as number;
    next[length] = code + 1;
    return reversed(code, length);
  });
}

function reversed(code: number, length: number): number {
  let out = 0;
  for (let bit = 0; bit < length; bit++) out |= ((code >> bit) & 1) << (length - 1 - bit);
  return out;
}
