/** Runs one of the commands as an operator does, on servers of a test. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { root } from '../../scripts/setup/paths.mjs'

/** @returns exit code and everything it wrote */
export async function runScript(
  script: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (output += part))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}
