/** `npm test`. Only the version check is imported before it has run: the rest may not even parse on an old Node. */
import { refuseUnsupportedNode } from './setup/node-version.mjs';

refuseUnsupportedNode();
const { testEverything } = await import('./test-everything.mjs');
await testEverything(process.argv.slice(2));
