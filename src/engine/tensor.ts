/** Row-major float32 tensor on the CPU side of an executor. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}
