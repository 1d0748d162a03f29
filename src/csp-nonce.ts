/**
 * Stands in for the npm package `get-nonce` (see vite.config.ts): the nonce that the server put into this response's
 * content security policy. Libraries that inject a style element ask for it here; undefined where there is no policy.
 */
export function getNonce(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce || undefined;
}
