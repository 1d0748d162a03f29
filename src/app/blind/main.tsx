/** Starts the page for blind reading, which shares nothing with a studio that is open beside it. */

import '../tokens.css';
import '../fonts.css';
import '../global.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { chooseLanguage } from '../language';
import { BlindPage } from './BlindPage';

const root = document.getElementById('root');
if (root === null) throw new Error('blind.html has no element "root"');
const screen = createRoot(root);
void chooseLanguage().then(() => {
  screen.render(
    <StrictMode>
      <BlindPage />
    </StrictMode>,
  );
});
