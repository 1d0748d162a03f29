/** Registers the service worker, and tells when another version of the app waits. */

export interface WaitingVersion {
  /** Lets it take over; the page then loads anew, once. */
  takeOver(): void;
}

interface Ports {
  readonly container: Pick<ServiceWorkerContainer, 'register' | 'addEventListener' | 'controller'>;
  readonly reload: () => void;
}

const ADDRESS = 'service-worker.js';
/** A studio that stays open for days asks now and then. */
const HOUR = 3_600_000;

/** Never rejects: a browser without service workers, or that refuses them, only lacks offline use. */
export async function registerOffline(
  base: string,
  onWaiting: (version: WaitingVersion) => void,
  { container, reload }: Ports = { container: navigator.serviceWorker, reload: () => { location.reload(); } },
): Promise<void> {
  let asked = false;
  const offer = (worker: ServiceWorker): void => {
    onWaiting({
      takeOver: () => {
        asked = true;
        worker.postMessage('take-over');
      },
    });
  };
  container.addEventListener('controllerchange', () => {
    // Also fires when a first version begins to serve, which is no reason to reload.
    if (asked) reload();
  });
  try {
    const registration = await container.register(`${base}${ADDRESS}`, { updateViaCache: 'none' });
    if (registration.waiting !== null) offer(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => {
        // Without a controller it is the first version, which waits for nobody.
        if (installing.state === 'installed' && container.controller !== null) offer(installing);
      });
    });
    setInterval(() => { registration.update().catch(() => undefined); }, HOUR);
  } catch {
    return;
  }
}
