/** What may stand in the environment for the studio's own server, and for no program that it starts. */
const SECRETS = ['COUNTERPART_LLM_KEY', 'COUNTERPART_PACS_USER', 'COUNTERPART_PACS_PASSWORD', 'COUNTERPART_PACS_TOKEN'];

/**
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {Record<string, string | undefined>}
 */
export function withoutSecrets(environment) {
  // Windows knows names in any case.
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !SECRETS.includes(name.toUpperCase())));
}

/**
 * What was typed, for a message: an address may hold a password before an at sign.
 * @param {string} typed
 * @param {string} [instead]
 */
export function withoutPassword(typed, instead = '(not repeated here: it holds an @)') {
  return typed.includes('@') ? instead : typed;
}
