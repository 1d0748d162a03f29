/** What the studio may load, and from where. One place, used by the server and by its tests. */

/** Replaced in index.html by a fresh value for each response; vite writes it (html.cspNonce). */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** @type {Readonly<Record<string, string>>} */
const MEDIA_TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.dcm': 'application/dicom',
  '.safetensors': 'application/octet-stream',
};

/** @param {string} extension with its dot, lower case */
export function mediaType(extension) {
  return MEDIA_TYPES[extension] ?? 'application/octet-stream';
}

/** @param {string} type */
export function isCompressible(type) {
  return /^(?:text\/|application\/(?:json|manifest\+json|wasm)|image\/svg)/.test(type);
}

/** Cross-origin isolation gives the inference worker SharedArrayBuffer, and so threads. */
export const ISOLATION_HEADERS = Object.freeze({
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
});

/** @param {Readonly<Record<string, string>>} directives */
function policy(directives) {
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

/**
 * The page runs its own scripts and nothing else. Styles that libraries inject (scroll locks of dialogs) carry the nonce.
 * @param {string} nonce
 */
export function pagePolicy(nonce) {
  return policy({
    'default-src': "'self'",
    'script-src': "'self'",
    'style-src': `'self' 'nonce-${nonce}'`,
    'img-src': "'self' blob: data:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'worker-src': "'self'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  });
}

/**
 * A worker takes its policy from its own response. tfjs starts its wasm threads from blob: addresses that it makes
 * itself, so WebAssembly and blob: are allowed here and only here.
 */
export const WORKER_POLICY = policy({
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval' blob:",
  'worker-src': "'self' blob:",
  'connect-src': "'self'",
});

/** The service worker fetches what the page will ask for, and nothing else. */
export const SERVICE_WORKER_POLICY = policy({
  'default-src': "'none'",
  'script-src': "'self'",
  'connect-src': "'self'",
});

export const COMMON_HEADERS = Object.freeze({
  ...ISOLATION_HEADERS,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
});
