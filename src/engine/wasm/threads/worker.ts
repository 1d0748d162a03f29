/** The script of a thread in browsers. */

import type { ToThread } from './control';
import { serveAsThread } from './thread';

const handle = serveAsThread((message) => self.postMessage(message));
self.onmessage = ({ data }: MessageEvent<ToThread>) => handle(data);
