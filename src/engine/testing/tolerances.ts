/** How far a network's outputs may be from PyTorch's: largest absolute difference, on every backend. */

/** The release's bar, for half-precision weights against goldens of float32 weights. */
const GENERAL = 2e-2;

/** What a backend may add by rounding and by another order of summation; measured below 2e-5 on wasm and on WebGPU. */
const ENGINE = 5e-4;

/**
 * The export measures how far rounding the weights moves each output and writes it into the goldens' metadata as
 * `error.<output>`. An executor may add very little to that; where nothing is recorded, the general bar holds.
 */
export function outputTolerance(metadata: ReadonlyMap<string, string>, output: string): number {
  const recorded = Number(metadata.get(`error.${output}`) ?? Number.NaN);
  return Number.isNaN(recorded) ? GENERAL : Math.min(GENERAL, recorded + ENGINE);
}
