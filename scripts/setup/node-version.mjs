/** Which Node will do. Kept free of new syntax: an old Node must be able to read it to say that it is old. */

/**
 * What is wrong with this version of Node, or null.
 * Vite 8 needs 20.19 or 22.12 and newer; the odd releases between are not supported by it.
 * @param {string} version such as 20.19.0
 * @returns {string | null}
 */
export function nodeFault(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22
  return fits
    ? null
    : `Node ${version} does not fit: Village Desk needs Node 20.19 or newer (20 LTS, 22.12+ or 24), see https://nodejs.org`
}

/** Ends the process with one line when this Node does not fit. */
export function requireNode() {
  const fault = nodeFault(process.versions.node)
  if (!fault) return
  process.stderr.write('✗ ' + fault + '\n')
  process.exit(1)
}
