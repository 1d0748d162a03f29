/** Runs in the page: clocks its frames, and draws with pointer events as a hand with a fast mouse does. */

export interface Stroke {
  readonly frames: number;
  /** Pointer positions between two frames. */
  readonly movesAFrame: number;
  readonly pointerType: 'mouse' | 'pen';
}

export interface PageClock {
  begin(phase: string): void;
  /** Times of the frames since it began, milliseconds. */
  end(phase: string): readonly number[];
  stroke(stroke: Stroke): Promise<void>;
}

declare global {
  var frameClock: PageClock;
}

/** Has to stand alone: it is sent to the page as text. */
export function installClock(): void {
  let times: number[] | undefined;
  const tick = (time: number): void => {
    times?.push(time);
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  const nextFrame = (): Promise<void> =>
    new Promise((resolve) =>
      requestAnimationFrame(() => {
        resolve();
      }),
    );
  globalThis.frameClock = {
    begin(phase) {
      performance.mark(`phase:${phase}:begin`);
      times = [];
    },
    end(phase) {
      performance.mark(`phase:${phase}:end`);
      const all = times ?? [];
      times = undefined;
      return all;
    },
    async stroke({ frames, movesAFrame, pointerType }) {
      const stage = document.querySelector<HTMLElement>('.viewport-stage');
      if (!stage) throw new Error('there is no viewport');
      // The pointer is not a real one, so there is nothing to capture.
      stage.setPointerCapture = () => undefined;
      const box = stage.getBoundingClientRect();
      const send = (type: string, t: number): void => {
        const clientX = box.left + box.width / 2 + 0.3 * Math.min(box.width, box.height) * Math.sin(3 * t);
        const clientY = box.top + box.height / 2 + 0.35 * Math.min(box.width, box.height) * Math.sin(4 * t + 1);
        const pressure = 0.6 + 0.4 * Math.sin(9 * t);
        stage.dispatchEvent(
          new PointerEvent(type, {
            clientX,
            clientY,
            pointerId: 77,
            pointerType,
            pressure,
            button: 0,
            buttons: 1,
            bubbles: true,
          }),
        );
      };
      send('pointerdown', 0);
      for (let frame = 1; frame <= frames; frame++) {
        await nextFrame();
        for (let move = 1; move <= movesAFrame; move++)
          send('pointermove', ((frame - 1 + move / movesAFrame) * 2.2) / frames);
      }
      await nextFrame();
      send('pointerup', 2.2);
      // The release and the frame after it.
      await nextFrame();
      await nextFrame();
    },
  };
}
