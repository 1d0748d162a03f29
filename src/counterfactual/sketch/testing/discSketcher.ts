/** The least of sketchers, for tests of what is round it: a disc of one density, as wide as asked, in the lung of the first place. */

import type { Finding } from '../../../findings/vocabulary';
import { SketchImpossibleError } from '../../errors';
import { CHEST_GRID, fieldAt, type Box } from '../field';
import { amountOf, type Sketcher } from '../sketch';

/** Density of the disc. */
export const DISC = 0.2;

export function discSketcher(finding: Finding, harmonise = 0): Sketcher {
  const amount = { unit: 'mm', min: 5, max: 60, bySeverity: [5, 10, 20, 30] } as const;
  return {
    finding,
    amount,
    options: [{ name: 'margin', choices: ['smooth', 'spiculated'] }],
    harmonise,
    draw({ image, chest }, request) {
      const lung = request.places[0]?.startsWith('left') === true ? chest.left : chest.right;
      const at = request.at ?? {
        x: ((lung.lateral[120] as number) + (lung.medial[120] as number)) / 2 / CHEST_GRID,
        y: 120 / CHEST_GRID,
      };
      if (fieldAt(chest.right.share, at.x, at.y) + fieldAt(chest.left.share, at.x, at.y) < 0.5) {
        throw new SketchImpossibleError('That point lies outside the lungs.', 'Choose a point inside a lung.');
      }
      const wide = amountOf(amount, request);
      const radius = (wide / 2 / chest.millimetresPerRow / CHEST_GRID) * image.height;
      const centre = { x: at.x * image.width, y: at.y * image.height };
      const [left, top] = [Math.max(0, Math.floor(centre.x - radius)), Math.max(0, Math.floor(centre.y - radius))];
      const box: Box = {
        x: left,
        y: top,
        width: Math.min(image.width, Math.ceil(centre.x + radius)) - left,
        height: Math.min(image.height, Math.ceil(centre.y + radius)) - top,
      };
      const change = new Float32Array(box.width * box.height);
      const mask = new Uint8Array(change.length);
      for (let i = 0; i < change.length; i++) {
        const [x, y] = [box.x + (i % box.width), box.y + Math.floor(i / box.width)];
        const painted =
          request.mask === undefined ||
          (request.mask.data[
            Math.floor((y / image.height) * request.mask.height) * request.mask.width +
              Math.floor((x / image.width) * request.mask.width)
          ] ?? 0) > 0;
        if (!painted || Math.hypot(x + 0.5 - centre.x, y + 0.5 - centre.y) > radius) continue;
        change[i] = DISC * (request.options['margin'] === 'spiculated' ? 1.5 : 1);
        mask[i] = 255;
      }
      return { box, change, mask, figures: { amount: wide, diameterMm: wide, centreX: at.x, centreY: at.y } };
    },
  };
}
