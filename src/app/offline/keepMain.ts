/** Entry of the worker that keeps the networks. */

import { keepNetworks } from './keepNetworks';

self.addEventListener('message', (event: MessageEvent<string>) => {
  void keepNetworks(event.data).finally(() => { self.close(); });
});
