/** The instance's key: from the setting, from a file, or from a key service asked by a command. It wraps the key ring and nothing else. */
import { exec } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { DomainError } from './errors.ts'

export interface InstanceKeySource {
  /** 32 bytes in base64. */
  INSTANCE_KEY?: string | undefined
  /** File that holds it. */
  INSTANCE_KEY_FILE?: string | undefined
  /** Command of a key service that prints it, run by the shell. */
  INSTANCE_KEY_COMMAND?: string | undefined
}

const COMMAND_MS = 15_000

/**
 * A file goes before a command, a command before the setting.
 * @returns the key in base64; undefined when none is given
 * @throws DomainError instance_key_unreadable, without what the command wrote
 */
export async function readInstanceKey(source: InstanceKeySource): Promise<string | undefined> {
  try {
    if (source.INSTANCE_KEY_FILE) return (await readFile(source.INSTANCE_KEY_FILE, 'utf8')).trim()
    if (source.INSTANCE_KEY_COMMAND) return (await printed(source.INSTANCE_KEY_COMMAND)).trim()
  } catch {
    throw new DomainError(
      'instance_key_unreadable',
      500,
      '读不到主密钥。 The instance key was not readable: check INSTANCE_KEY_FILE or INSTANCE_KEY_COMMAND.',
    )
  }
  return source.INSTANCE_KEY
}

const printed = async (command: string): Promise<string> =>
  new Promise((resolve, reject) => {
    exec(command, { timeout: COMMAND_MS, encoding: 'utf8' }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    )
  })

/** @throws DomainError instance_key_missing when it is not 32 bytes in base64 */
export function parseInstanceKey(encoded: string | undefined): Buffer {
  const key = Buffer.from(encoded ?? '', 'base64')
  if (key.length !== 32)
    throw new DomainError(
      'instance_key_missing',
      500,
      'INSTANCE_KEY 没有设置,或者不是32字节的base64。 Set INSTANCE_KEY: openssl rand -base64 32',
    )
  return key
}
