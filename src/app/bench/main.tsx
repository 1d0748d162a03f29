/** Starts the benchmark's page, which shares nothing with a studio that is open beside it. */

import '../tokens.css';
import '../fonts.css';
import '../global.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { chooseLanguage } from '../language';
import { BenchPage } from './BenchPage';

const root = document.getElementById('root');
if (root === null) throw new Error('bench.html has no element "root"');
const screen = createRoot(root);
void chooseLanguage().then(() => {
  screen.render(
    <StrictMode>
      <BenchPage />
    </StrictMode>,
  );
});
