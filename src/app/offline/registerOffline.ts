/** Registers the service worker, and tells when another version of the app waits. */

export interface WaitingVersion {
  /** Lets it take over; the page then loads anew, once, and in any case: who calls this has given up what the page holds. */
  takeOver(): void;
}

interface Ports {
  readonly container: Pick<ServiceWorkerContainer, 'register' | 'addEventListener' | 'controller'>;
  readonly reload: () => void;
}

const ADDRESS = 'service-worker.js';
/** A studio that stays open for days asks now and then. */
const HOUR = 3_600_000;
/** A version that does not take over by then has already done so for another tab, or was replaced by a newer one. */
const TAKE_OVER_MS = 3000;

/** Never rejects: a browser without service workers, or that refuses them, only lacks offline use. */
export async function registerOffline(
  base: string,
  onWaiting: (version: WaitingVersion) => void,
  { container, reload }: Ports = {
    container: navigator.serviceWorker,
    reload: () => {
      location.reload();
    },
  },
): Promise<void> {
  const wasControlled = container.controller !== null;
  let asked = false;
  let reloads = false;
  const reloadOnce = (): void => {
    if (!reloads) reload();
    reloads = true;
  };
  const offer = (worker: Pick<ServiceWorker, 'postMessage'> | undefined): void => {
    onWaiting({
      takeOver: () => {
        asked = true;
        worker?.postMessage('take-over');
        if (worker === undefined) reloadOnce();
        else setTimeout(reloadOnce, TAKE_OVER_MS);
      },
    });
  };
  container.addEventListener('controllerchange', () => {
    if (asked) reloadOnce();
    // Another tab has let it take over: this page still runs the version before. A first version that begins to serve is no news.
    else if (wasControlled) offer(undefined);
  });
  const watch = (worker: ServiceWorker | null): void => {
    worker?.addEventListener('statechange', () => {
      // Without a controller it is the first version, which waits for nobody.
      if (worker.state === 'installed' && container.controller !== null) offer(worker);
    });
  };
  try {
    const registration = await container.register(`${base}${ADDRESS}`, { updateViaCache: 'none' });
    if (registration.waiting !== null && wasControlled) offer(registration.waiting);
    // One that began to install before this page asked.
    watch(registration.installing);
    registration.addEventListener('updatefound', () => {
      watch(registration.installing);
    });
    setInterval(() => {
      registration.update().catch(() => undefined);
    }, HOUR);
  } catch {
    return;
  }
}
