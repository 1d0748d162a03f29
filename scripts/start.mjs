/** `npm start`. Only the version check is imported before it has run: the rest may not even parse on an old Node. */
import { refuseUnsupportedNode } from './setup/node-version.mjs';

refuseUnsupportedNode();
const { startStudio } = await import('./start-studio.mjs');
await startStudio(process.argv.slice(2));
