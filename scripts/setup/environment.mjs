/** The environment of the development service: the process's own, then .env, then secrets made once for this instance. */
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { dataFolder, root } from './paths.mjs'

/** Loads .env of the checkout into process.env; what is set there already wins. */
export async function loadDotEnv() {
  const file = join(root, '.env')
  if (!existsSync(file)) return
  for (const [name, value] of Object.entries(parseEnv(await readFile(file, 'utf8')))) {
    if (value !== '') process.env[name] ??= value
  }
}

/** What is made up for an instance that sets none; losing INSTANCE_KEY loses what it sealed. */
const NEW_SECRETS = {
  INSTANCE_KEY: () => randomBytes(32).toString('base64'),
  WECHATY_PUPPET_SERVICE_TOKEN: () => `insecure_${randomUUID()}`,
  SMS_KANNEL_HOOK_TOKEN: () => randomBytes(16).toString('hex'),
}

/**
 * The secrets of this instance, kept in .data/secrets.env (readable by its owner only).
 * @returns {Promise<Record<string, string>>}
 */
export async function instanceSecrets() {
  const file = join(dataFolder(), 'secrets.env')
  const kept = /** @type {Record<string, string>} */ (existsSync(file) ? parseEnv(await readFile(file, 'utf8')) : {})
  const missing = Object.entries(NEW_SECRETS).filter(([name]) => !kept[name])
  if (missing.length > 0) {
    for (const [name, make] of missing) kept[name] = make()
    const lines = Object.entries(kept).map(([name, value]) => `${name}=${value}`)
    await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 })
  }
  await chmod(file, 0o600)
  return kept
}
