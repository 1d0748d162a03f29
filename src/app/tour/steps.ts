/** The tour: five parts of the screen, each with what it is for and what is to be done there. */

import * as say from '../../messages/en/tour';
import { whyNotGenerate } from '../../state/commands/generate';
import { typeText } from '../../state/commands/request';
import { currentDocument } from '../../state/slices/documents';
import type { PanelTab } from '../../state/slices/surface';
import type { StudioState } from '../../state/store';
import type { Studio } from '../../state/studio';
import { analysisOf } from '../../record/studioDocument';
import { suggestedWords } from '../../state/suggestion';
import { TEXT_LINE_ID, actionGenerate } from '../actions/request';

export interface TourStep {
  readonly title: () => string;
  readonly text: () => string;
  /** CSS selector of the part that is pointed at. */
  readonly target: string;
  /** Where in the panel that part is. */
  readonly tab?: PanelTab;
  /** The next step comes when this one is done. */
  readonly done: (state: StudioState) => boolean;
  /** What is to be done, or waited for, until then. */
  readonly todo: (state: StudioState) => string;
  /** Does it for the user. */
  readonly perform?: (studio: Studio) => void | Promise<void>;
}

const asksSomewhere = (state: StudioState): boolean => {
  const document = currentDocument(state);
  return document !== undefined && (document.request.places.length > 0 || document.mask !== undefined);
};
const sayIt = ({ store, ...studio }: Studio): void => {
  typeText({ store, ...studio }, suggestedWords(analysisOf(currentDocument(store.getState()))?.reading.zoneSeverity));
};

export const TOUR: readonly TourStep[] = [
  {
    title: say.sampleTitle,
    text: say.sampleText,
    target: '[data-testid=viewport]',
    done: (state) => analysisOf(currentDocument(state)) !== undefined,
    todo: () => say.sampleTodo(),
  },
  {
    title: say.sayTitle,
    text: say.sayText,
    target: `#${TEXT_LINE_ID}`,
    tab: 'ask',
    done: asksSomewhere,
    todo: () => say.sayTodo(),
    perform: sayIt,
  },
  {
    title: say.pointTitle,
    text: say.pointText,
    target: '[data-tour=where]',
    tab: 'ask',
    done: asksSomewhere,
    todo: () => say.pointTodo(),
    perform: sayIt,
  },
  {
    title: say.generateTitle,
    text: say.generateText,
    target: '[aria-describedby=generate-reason]',
    done: (state) => (currentDocument(state)?.versions.length ?? 0) > 0,
    todo: (state) =>
      state.generation.status === 'running' ? say.generateRunning() : (whyNotGenerate(state) ?? say.generateTodo()),
    perform: (studio) => {
      if (studio.store.getState().generation.status !== 'running') return actionGenerate.perform(studio);
    },
  },
  {
    title: say.compareTitle,
    text: say.compareText,
    target: '[data-tour=compare]',
    done: () => true,
    todo: () => '',
  },
];
