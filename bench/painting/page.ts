/** Paints on the studio's own viewport with pointer events, and clocks the frames. */

import type { Mask, Radiograph } from '../../src/imaging/radiograph';
import { initialRequest } from '../../src/record/editRequest';
import { newDocument, withMask } from '../../src/record/studioDocument';
import { createCornerstoneViewport } from '../../src/viewport/cornerstone';
import type { PaintJob, PaintMeasurement } from './protocol';

declare global {
  var paint: (job: PaintJob) => Promise<PaintMeasurement>;
}

function syntheticRadiograph(side: number): Radiograph {
  const pixels = Uint16Array.from(
    { length: side * side },
    (_, i) => ((i % side) * 3 + Math.floor(i / side) * 5 + ((i * 7919) % 61)) % 4096,
  );
  return {
    id: 'synthetic',
    name: 'synthetic',
    format: 'png',
    width: side,
    height: side,
    pixels,
    bitsStored: 12,
    signed: false,
    photometricInterpretation: 'MONOCHROME2',
    rescaleSlope: 1,
    rescaleIntercept: 0,
    window: { windowCenter: 2048, windowWidth: 4096 },
    synthetic: true,
    notes: [],
  };
}

const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Resolves in a task of its own, which comes after the frame is drawn. */
function afterFrame(): Promise<number> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      resolve(performance.now());
    };
    port2.postMessage(undefined);
  });
}

globalThis.paint = async ({ side, radius, hardness, frames, movesAFrame }) => {
  const element = document.getElementById('view');
  if (!element) throw new Error('the page has no view');
  const radiograph = syntheticRadiograph(side);
  let document_ = newDocument(radiograph, { width: 1, height: 1, data: new Uint8ClampedArray(4) }, initialRequest());
  const viewport = createCornerstoneViewport(element, {
    maskChanged: (mask: Mask, changed) => {
      document_ = withMask(document_, mask, 'Mask', changed);
    },
    viewChanged: () => undefined,
    pointerMoved: () => undefined,
    swipeMoved: () => undefined,
  });
  viewport.setImage(radiograph);
  viewport.setTool('brush', radius, { hardness });
  const stage = element.querySelector('.viewport-stage');
  if (!stage) throw new Error('the viewport has no stage');
  stage.setPointerCapture = () => undefined;
  const send = (type: string, t: number): void => {
    // A Lissajous figure over most of the picture.
    const x = innerWidth / 2 + 0.38 * innerHeight * Math.sin(3 * t);
    const y = innerHeight / 2 + 0.4 * innerHeight * Math.sin(4 * t + 1);
    stage.dispatchEvent(
      new PointerEvent(type, { clientX: x, clientY: y, pointerId: 1, pointerType: 'mouse', bubbles: true }),
    );
  };
  for (let settle = 0; settle < 10; settle++) await nextFrame();
  send('pointerdown', 0);
  const intervals: number[] = [];
  const work: number[] = [];
  let last = await nextFrame();
  for (let frame = 1; frame <= frames; frame++) {
    const start = await nextFrame();
    const began = performance.now();
    for (let move = 0; move < movesAFrame; move++)
      send('pointermove', ((frame - 1 + (move + 1) / movesAFrame) * 2.2) / frames);
    work.push((await afterFrame()) - began);
    intervals.push(start - last);
    last = start;
  }
  const released = performance.now();
  send('pointerup', 2.2);
  const release = performance.now() - released;
  viewport.destroy();
  if (document_.mask === undefined) throw new Error('nothing was painted');
  return { intervals, work, release };
};
