/**
 * The first account of an installation; further ones an administrator gives out in the console.
 *   npm run accounts -- add USERNAME --name NAME --unit UNIT --role ROLE [--role ROLE …] [--operator OFFICIAL …]
 *   npm run accounts -- reset USERNAME        a new password; the authenticator is set up anew
 * The password is read from ACCOUNT_PASSWORD, so that it stands in no list of processes.
 */
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { readConfig } from '../src/config.ts'
import { createAuditLog } from '../src/infrastructure/audit-log.ts'
import { buildServices } from '../src/infrastructure/build-services.ts'
import { systemClock } from '../src/infrastructure/clock.ts'
import { DomainError } from '../src/infrastructure/errors.ts'
import { readInstanceKey } from '../src/infrastructure/instance-key.ts'
import { createAccounts, createOrganisation } from '../src/people/index.ts'
import { CreateAccount } from '../src/people/schema.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    name: { type: 'string' },
    unit: { type: 'string' },
    role: { type: 'string', multiple: true },
    operator: { type: 'string', multiple: true, default: [] },
    village: { type: 'string', multiple: true, default: [] },
  },
})
const [command, username = ''] = positionals
const password = process.env['ACCOUNT_PASSWORD'] ?? ''
const config = readConfig(process.env)
const services = await buildServices(
  {
    mongodbUri: config.MONGODB_URI,
    redisUrl: config.REDIS_URL,
    queuePrefix: config.QUEUE_PREFIX,
    instanceKey: await readInstanceKey(config),
    publicUrl: config.publicUrl,
  },
  systemClock,
  pino({ level: 'silent' }),
)
try {
  const accounts = createAccounts(services, createOrganisation(services))
  await accounts.prepare()
  const audit = createAuditLog(services.connection, () => systemClock.now())
  if (command === 'add') {
    const { name, unit, role, operator, village } = values
    const given = { username, displayName: name, password, roles: role, unit, operators: operator, villages: village }
    const account = CreateAccount.safeParse(given)
    if (!account.success)
      throw new DomainError(
        'usage',
        400,
        account.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'),
      )
    await accounts.create(account.data)
    await audit.append({ event: 'account.created', actor: 'command', subject: username })
    console.log(`已建账号${username}。`)
  } else if (command === 'reset') {
    if (!(await accounts.reset(username, password))) throw new DomainError('not_found', 404, '没有这个账号。')
    await audit.append({ event: 'account.reset', actor: 'command', subject: username })
    console.log(`账号${username}的密码换好了,验证器要重新设。`)
  } else throw new DomainError('usage', 400, 'npm run accounts -- add USERNAME … | reset USERNAME')
} catch (error) {
  if (!(error instanceof DomainError)) throw error
  console.error(error.shown)
  process.exitCode = 1
} finally {
  await services.close()
}
