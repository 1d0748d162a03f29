/** Entry of the worker that keeps the networks. */

import type { RemoteFile } from '../../networks/download';
import { keepNetworks } from './keepNetworks';

self.addEventListener('message', (event: MessageEvent<readonly RemoteFile[]>) => {
  void keepNetworks(event.data).finally(() => {
    self.close();
  });
});
