/** Stand-ins that `npm start` runs beside the service where nothing real is configured. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from '../servers/children.mjs'
import { dataFolder, root } from './paths.mjs'
import { answers, choosePort } from './ports.mjs'
import { done, warn } from './progress.mjs'

/**
 * @typedef {object} Extra
 * @property {string} name
 * @property {string} script run with tsx; PORT is the port that it must listen on, all secrets are in its environment
 * @property {number} preferredPort
 * @property {string} variable environment variable that sets the port
 * @property {string} insteadOf the stand-in is not started when this variable is set
 * @property {(port: number, secrets: Record<string, string>) => Record<string, string>} serviceEnv what the service is told
 */

/** A new stand-in is a row here. @type {Extra[]} */
const extras = [
  {
    name: 'SMS stand-in (Kannel)',
    script: 'scripts/sms-gateway.ts',
    preferredPort: 8798,
    variable: 'SMS_GATEWAY_PORT',
    insteadOf: 'SMS_KANNEL_SEND_URL',
    serviceEnv: (port, secrets) => ({
      SMS_KANNEL_SEND_URL: `http://127.0.0.1:${port}/cgi-bin/sendsms`,
      SMS_KANNEL_HOOK_TOKEN: secrets.SMS_KANNEL_HOOK_TOKEN ?? '',
    }),
  },
  {
    name: 'WeChat stand-in',
    script: 'scripts/puppet-server.ts',
    preferredPort: 8788,
    variable: 'PUPPET_PORT',
    insteadOf: 'WECHATY_PUPPET',
    serviceEnv: (port, secrets) => ({
      WECHATY_PUPPET: 'wechaty-puppet-service',
      WECHATY_PUPPET_SERVICE_ENDPOINT: `127.0.0.1:${port}`,
      WECHATY_PUPPET_SERVICE_TOKEN: secrets.WECHATY_PUPPET_SERVICE_TOKEN ?? '',
    }),
  },
]

/**
 * Starts those that are wanted. One that does not come up is told and left out: the service runs without it.
 * @param {Record<string, string>} secrets
 * @returns {Promise<Record<string, string>>} environment for the service
 */
export async function startExtras(secrets) {
  /** @type {Record<string, string>} */
  const env = {}
  for (const extra of extras) {
    if (process.env[extra.insteadOf] || !existsSync(join(root, extra.script))) continue
    const port = await choosePort({
      preferred: extra.preferredPort,
      asked: process.env[extra.variable],
      variable: extra.variable,
      what: extra.name,
    })
    const log = join(dataFolder(), 'logs', `${extra.script.replaceAll(/^.*\/|\.ts$/g, '')}.log`)
    const serviceEnv = extra.serviceEnv(port, secrets)
    const child = startChild({
      name: extra.name,
      command: process.execPath,
      args: ['--import', 'tsx', extra.script],
      cwd: root,
      log,
      env: { ...secrets, ...serviceEnv, PORT: String(port), DATA_DIR: dataFolder() },
      vital: false,
    })
    if (await comesUp(child, port)) {
      Object.assign(env, serviceEnv)
      done(`${extra.name}, port ${port}`)
    } else {
      await child.stop()
      warn(`${extra.name} did not start, see ${log}`)
    }
  }
  return env
}

/** @param {import('../servers/children.mjs').Child} child @param {number} port */
async function comesUp(child, port) {
  for (const deadline = Date.now() + 20_000; child.running() && Date.now() < deadline;) {
    if (await answers('127.0.0.1', port)) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}
