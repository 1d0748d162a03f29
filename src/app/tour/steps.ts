/** The tour: five parts of the screen, each with what it is for. */

import { TEXT_LINE_ID } from '../actions/focusText';

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** CSS selector of the part that is pointed at. */
  readonly target: string;
}

export const TOUR: readonly TourStep[] = [
  {
    title: 'A radiograph of no patient',
    text: 'This sample was made by the studio’s own network. Your own files open the same way: drop them anywhere, or press Ctrl+O. They never leave this computer.',
    target: '[data-testid=viewport]',
  },
  {
    title: 'Say what should be different',
    text: 'Write it as in a report: “severe right lower zone opacity”. The diagram, the finding and the severity follow your words, and your words follow them.',
    target: `#${TEXT_LINE_ID}`,
  },
  {
    title: 'Or point at it',
    text: 'Colours show the opacity that the reader sees in each zone. Press a zone to place the finding there, drag it to move it, or paint on the picture where the change may be.',
    target: 'svg[aria-label^="Where:"]',
  },
  {
    title: 'Generate',
    text: 'The same anatomy comes back with that difference. Outside the area you allowed, every stored value stays as it was.',
    target: '[aria-describedby=generate-reason]',
  },
  {
    title: 'Compare, and trust it only so far',
    text: 'Swipe, blink, or look at the difference here. The receipt on the right says what a second reader makes of the result. Results are synthetic: for research, not for diagnosis.',
    target: '[data-tour=compare]',
  },
];
