/** The script of a thread in Node; bundled into one file, since a thread starts from a file or a text of its own. */

import { parentPort } from 'node:worker_threads';
import type { ToThread } from '../../engine/wasm/threads/control';
import { serveAsThread } from '../../engine/wasm/threads/thread';

if (parentPort === null) throw new Error('thread.ts is the script of a thread');
const port = parentPort;
port.on('message', serveAsThread((message) => port.postMessage(message)) satisfies (message: ToThread) => void);
