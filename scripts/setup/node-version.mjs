/** Node releases that the build tools support: 20.19 and later 20.x, or 22.12 and later. Kept free of newer syntax and modules. */

/**
 * @param {string} version such as '20.19.0'
 * @returns {boolean}
 */
export function isSupportedNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
}

/** Ends the process with advice when this Node is too old to run anything else here. */
export function refuseUnsupportedNode() {
  const version = process.versions.node;
  if (isSupportedNode(version)) return;
  console.error(
    `counterpart: Node ${version} is not supported (node-too-old)\n` +
      '  What to do: install Node 20.19 or a later 20.x, or 22.12 or later (https://nodejs.org), and run the command again.',
  );
  process.exit(1);
}
