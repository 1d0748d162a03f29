/** How far a network's outputs may be from PyTorch's: largest absolute difference, on every backend. */

/** The release's bar, for fp16 weights against goldens computed in float32. */
const GENERAL = 2e-2;

/** Tighter where it has been measured to hold, with room for other processors. */
const TIGHTER: Readonly<Record<string, number>> = {};

export function networkTolerance(network: string): number {
  return TIGHTER[network] ?? GENERAL;
}
