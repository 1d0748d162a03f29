/** One measurement: one tool drawn over a large radiograph, as a hand with a fast mouse draws. */

export interface PaintJob {
  /** Pixels a side of the radiograph. */
  readonly side: number;
  /** Native pixels. */
  readonly radius: number;
  readonly hardness: number;
  readonly frames: number;
  /** Pointer positions between two frames. */
  readonly movesAFrame: number;
}

export interface PaintMeasurement {
  /** Milliseconds from one frame to the next. */
  readonly intervals: readonly number[];
  /** Milliseconds of a frame in which the page itself was at work: events, drawing, handing over. */
  readonly work: readonly number[];
  /** Milliseconds from releasing the button until the mask is in the document with its undo step. */
  readonly release: number;
}
