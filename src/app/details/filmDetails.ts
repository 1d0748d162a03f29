/** What a film's file says of it, in words. Pure. */

import type { Radiograph } from '../../imaging/radiograph';
import * as say from '../../messages/en/details';
import { fixed } from '../../messages/numbers';

/** Terms with their values; what the file does not say is said to be unsaid where it matters for sides and sharing. */
export function filmDetails(film: Radiograph): readonly (readonly [term: string, value: string])[] {
  const { window, pixelSpacing, patientOrientation, laterality, lossy, burnedInAnnotation, credit } = film;
  const shown = film.voiTable
    ? say.byTable()
    : say.windowOf({ width: number(window.windowWidth), centre: number(window.windowCenter) });
  return [
    [say.shown(), film.windowFunction ? say.bySigmoid({ window: shown }) : shown],
    [
      say.spacing(),
      pixelSpacing ? say.spacingOf({ row: number(pixelSpacing[0]), column: number(pixelSpacing[1]) }) : say.unsaid(),
    ],
    [say.orientation(), patientOrientation?.join(' / ') ?? say.unsaid()],
    ...(laterality ? [[say.laterality(), laterality] as const] : []),
    [
      say.losses(),
      lossy
        ? say.lossyBy({ methods: lossy.methods.join(', '), ratios: lossy.ratios.map(number).join(', ') })
        : say.noLosses(),
    ],
    [say.burnedIn(), burnedInAnnotation ?? say.unsaid()],
    ...(film.synthetic ? [[say.origin(), say.synthetic()] as const] : []),
    ...(credit === undefined ? [] : [[say.credit(), credit] as const]),
  ];
}

function number(value: number): string {
  return fixed(value, Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 3);
}
