/** The service worker: keeps the app for when there is no server, and lets a new version wait until the user reloads. */

import { activate, answer, install, type OfflinePorts, type Precache } from './precache';

/** Written into the built file; see scripts/vite/service-worker.ts. */
declare const __PRECACHE__: Precache;
declare const self: ServiceWorkerGlobalScope;

const precache = __PRECACHE__;
const ports: OfflinePorts = { caches: self.caches, fetch: (request) => fetch(request), scope: self.registration.scope };

self.addEventListener('install', (event) => {
  event.waitUntil(install(precache, ports));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(activate(precache, ports));
});

self.addEventListener('fetch', (event) => {
  const answered = answer(event.request, precache, ports);
  if (answered !== undefined) event.respondWith(answered);
});

self.addEventListener('message', ({ data }: ExtendableMessageEvent) => {
  // The page says when: a version that takes over by itself would pull the files from under a running one.
  if (data === 'take-over') void self.skipWaiting();
});
