/** The tour: five parts of the screen, each with what it is for. */

import * as say from '../../messages/en/tour';
import { TEXT_LINE_ID } from '../actions/focusText';

export interface TourStep {
  readonly title: () => string;
  readonly text: () => string;
  /** CSS selector of the part that is pointed at. */
  readonly target: string;
}

export const TOUR: readonly TourStep[] = [
  {
    title: say.sampleTitle,
    text: say.sampleText,
    target: '[data-testid=viewport]',
  },
  {
    title: say.sayTitle,
    text: say.sayText,
    target: `#${TEXT_LINE_ID}`,
  },
  {
    title: say.pointTitle,
    text: say.pointText,
    target: '[data-tour=where]',
  },
  {
    title: say.generateTitle,
    text: say.generateText,
    target: '[aria-describedby=generate-reason]',
  },
  {
    title: say.compareTitle,
    text: say.compareText,
    target: '[data-tour=compare]',
  },
];
