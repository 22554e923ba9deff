/** Debian's packages, where apt-get works and we are root. */
import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { findOnPath, lastLines, run } from './commands.mjs'
import { SetupFault } from './fault.mjs'
import { step } from './progress.mjs'

/** Ten seconds to reach a mirror, one retry: a machine without network must not wait for minutes. */
const OPTIONS = [
  '-o',
  'Acquire::http::Timeout=10',
  '-o',
  'Acquire::https::Timeout=10',
  '-o',
  'Acquire::Retries=1',
  '-o',
  'DPkg::Lock::Timeout=60',
]

const POLICY = '/usr/sbin/policy-rc.d'

/** True where apt-get can install: root on Debian or a relative. */
export function canUseApt() {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    findOnPath('apt-get') !== null &&
    findOnPath('dpkg') !== null
  )
}

/**
 * Installs packages. Services that they contain are not started: we start what we need ourselves.
 * @param {...string} packages
 * @throws {SetupFault} when apt-get fails
 */
export async function installWithApt(...packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const args = [...OPTIONS, 'install', '-y', '--no-install-recommends', ...packages]
  await step(`installing ${packages.join(' ')} with apt`, async () => {
    const ownPolicy = !existsSync(POLICY)
    if (ownPolicy) await writeFile(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
    try {
      let outcome = await run('apt-get', args, { env, timeoutMs: 300_000 })
      if (outcome.code !== 0) {
        await run('apt-get', [...OPTIONS, 'update'], { env, timeoutMs: 60_000 })
        outcome = await run('apt-get', args, { env, timeoutMs: 300_000 })
      }
      if (outcome.code !== 0)
        throw new SetupFault(
          `apt-get could not install ${packages.join(' ')}:`,
          lastLines(outcome.stdout + outcome.stderr, 5),
        )
    } finally {
      if (ownPolicy) await rm(POLICY, { force: true })
    }
  })
}
