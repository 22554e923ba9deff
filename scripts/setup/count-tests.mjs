/** How many tests passed and failed, from vitest's JSON report. */
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { root } from './paths.mjs'
import { say } from './progress.mjs'

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * Counts from vitest's JSON report. What fails without being a test (a file that does not load, an unhandled error,
 * a crash, a run without any test) counts as a failure, so that the line never looks better than the run was.
 * @param {string} report path
 * @param {number | null} exitCode
 * @returns {Promise<Counts>}
 */
export async function countTests(report, exitCode) {
  /** @type {any} */
  const json = await readFile(report, 'utf8')
    .then(JSON.parse)
    .catch(() => null)
  if (!json) return { passed: 0, failed: 1 }
  /** @type {{ status: string, name: string, message?: string, assertionResults: { status: string }[] }[]} */
  const files = json.testResults
  const brokenFiles = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  )
  for (const { name, message } of brokenFiles) say(`✗ ${relative(root, name)}: ${(message ?? '').split('\n')[0]}`)
  const passed = Number(json.numPassedTests)
  const failed = Number(json.numFailedTests) + brokenFiles.length
  const honest = failed > 0 || (exitCode === 0 && passed > 0)
  return { passed, failed: honest ? failed : 1 }
}
