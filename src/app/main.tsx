/** Starts the studio in the page. */

import './tokens.css';
import './fonts.css';
import './global.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepPixels } from '../state/commands/keepPixels';
import { keepRead } from '../state/commands/analyseDocument';
import { offerRuns } from '../state/commands/offerRuns';
import { resumeProject } from '../state/commands/projects';
import { loadSamples } from '../state/commands/samples';
import { followDevice, startEngine } from '../state/commands/startEngine';
import { lookForArchive } from '../state/archive';
import { keepSaved, saveProject } from '../state/project/saveProject';
import { createStudioStore } from '../state/store';
import type { Studio } from '../state/studio';
import { App } from './App';
import { createBrowserServices } from './browserServices';
import { ErrorBoundary } from './ErrorBoundary';
import { chooseLanguage } from './language';
import { guardUnload } from './projects/guardUnload';
import { StudioProvider } from './StudioContext';

/** Reading the property throws where the browser blocks storage. */
function preferenceStorage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

const studio: Studio = {
  store: createStudioStore(preferenceStorage()),
  services: createBrowserServices(),
  viewport: { current: undefined },
};

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element "root"');
const screen = createRoot(root);
void chooseLanguage().then(() => {
  screen.render(
    <StrictMode>
      <StudioProvider studio={studio}>
        <ErrorBoundary>
          <App />
        </ErrorBoundary>
      </StudioProvider>
    </StrictMode>,
  );
});

keepSaved(studio);
guardUnload(studio, window);
// The last moment at which a page is sure to be heard.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void saveProject(studio);
});
void resumeProject(studio);
void loadSamples(studio);
void offerRuns(studio);
void lookForArchive(studio);
keepRead(studio);
keepPixels(studio);
followDevice(studio);
void startEngine(studio);
