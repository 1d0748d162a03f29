/** The chest as the diagram draws it: seen from the front, so the patient's right is at the image's left. */

import { knowledgeOf } from '../../findings/knowledge';
import type { Finding, Place } from '../../findings/vocabulary';

export const DIAGRAM_WIDTH = 240;
export const DIAGRAM_HEIGHT = 196;

export interface ChestShape {
  readonly place: Place;
  readonly path: string;
  /** Where the grade is written. */
  readonly label: readonly [number, number];
  /** The places that the arrow keys go to: left, right, up, down on the screen. */
  readonly neighbours: Readonly<Partial<Record<ArrowKey, Place>>>;
}

export type ArrowKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

export const CHEST_SHAPES: readonly ChestShape[] = [
  {
    place: 'right_upper',
    path: 'M83 12C65 15 50 38 44 64H104C104 46 102.500 28 98 20C95 14 89 11 83 12Z',
    label: [77, 46],
    neighbours: { ArrowRight: 'mediastinum', ArrowDown: 'right_mid' },
  },
  {
    place: 'right_mid',
    path: 'M43.200 67.500C38 83 34.500 98 32.600 112H104.500C104.800 98 104.700 83 104.200 67.500Z',
    label: [71, 94],
    neighbours: { ArrowRight: 'mediastinum', ArrowUp: 'right_upper', ArrowDown: 'right_lower' },
  },
  {
    place: 'right_lower',
    path: 'M32.100 115.500C29.500 135 28 153 26.500 173C36 159 52 152 70 151C84 150.300 96 153 102.500 157C104 144 104.500 130 104.500 115.500Z',
    label: [67, 138],
    neighbours: { ArrowRight: 'mediastinum', ArrowUp: 'right_mid' },
  },
  {
    place: 'left_upper',
    path: 'M157 12C175 15 190 38 196 64H136C136 46 137.500 28 142 20C145 14 151 11 157 12Z',
    label: [163, 46],
    neighbours: { ArrowLeft: 'mediastinum', ArrowDown: 'left_mid' },
  },
  {
    place: 'left_mid',
    path: 'M196.800 67.500C202 83 205.500 98 207.400 112H152.500C147 104 139.500 99.500 137 92C135.600 85 135.700 76 135.800 67.500Z',
    label: [174, 94],
    neighbours: { ArrowLeft: 'mediastinum', ArrowUp: 'left_upper', ArrowDown: 'left_lower' },
  },
  {
    place: 'left_lower',
    path: 'M207.900 115.500C210.500 135 212 153 213.500 173C205 161.500 193 155.500 172.500 154.500C173.500 140 165 126 154.800 115.500Z',
    label: [190, 138],
    neighbours: { ArrowLeft: 'mediastinum', ArrowUp: 'left_mid' },
  },
  {
    place: 'mediastinum',
    path: 'M110 26C107.500 50 108 78 108 104C107.500 126 107.500 142 106.500 158C118 169 152 170 168.600 157.500C170.500 140 161.500 126 151.500 115.500C144.500 107 135.500 102.500 133.400 93C131.800 74 132.500 48 130 26C125 21 115 21 110 26Z',
    label: [130, 138],
    neighbours: { ArrowLeft: 'right_lower', ArrowRight: 'left_lower', ArrowUp: 'left_upper' },
  },
];

/**
 * Where an arrow leads from a place.
 * @param carried a finding that goes along: where it cannot be in the mediastinum it is carried across to the other lung
 */
export function placeBeside(place: Place, key: ArrowKey, carried?: Finding): Place | undefined {
  const next = CHEST_SHAPES.find((shape) => shape.place === place)?.neighbours[key];
  if (next !== 'mediastinum' || carried === undefined || knowledgeOf(carried).places.includes('mediastinum'))
    return next;
  return (place.startsWith('right') ? place.replace('right', 'left') : place.replace('left', 'right')) as Place;
}
