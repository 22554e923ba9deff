/** The environment, read once, checked whole, handed down. Nothing else reads process.env. */
import { z } from 'zod'
import { DomainError } from './infrastructure/errors.ts'

const flag = z.enum(['true', 'false', '1', '0', '']).transform((value) => value === 'true' || value === '1')
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
)

/** One key a setting; the description is the comment in .env.example (a test compares the two). */
export const environment = z.object({
  ROLE: list
    .pipe(z.array(z.enum(['api', 'worker', 'bot', 'all'])))
    .default(['all'])
    .describe('Roles of this process: api, worker, bot, or all (comma separated)'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe('Port of the web service'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 behind a reverse proxy in a container'),
  PUBLIC_URL: z
    .string()
    .url()
    .optional()
    .describe('Where villagers reach the pages; defaults to http://localhost:PORT'),
  TRUST_PROXY: flag.default(false).describe('true when a reverse proxy of ours sets X-Forwarded-For'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info').describe('Log level'),

  MONGODB_URI: z
    .string()
    .default('mongodb://127.0.0.1:27117/village-desk?replicaSet=rs0')
    .describe('MongoDB replica set'),
  REDIS_URL: z.string().default('redis://127.0.0.1:6479').describe('Redis'),
  QUEUE_PREFIX: z.string().default('vd').describe('Prefix of all keys in Redis'),
  INSTANCE_KEY: z
    .string()
    .optional()
    .describe('32 random bytes in base64: seals identities and messages. Losing it loses them'),
  INSTANCE_KEY_FILE: z.string().optional().describe('File that holds the instance key; goes before INSTANCE_KEY'),
  INSTANCE_KEY_COMMAND: z
    .string()
    .optional()
    .describe('Command of a key service that prints the instance key, e.g. vault kv get -field=key secret/desk'),
  SECOND_FACTOR: z
    .enum(['required', 'optional'])
    .default('required')
    .describe('required: who sees tips or gives out accounts signs in with a code of an authenticator too'),
  DEMO_ACCOUNTS: flag
    .default(false)
    .describe(
      'true: the accounts of demo-accounts.yaml may sign in, without a code. Never where real people are served',
    ),
  DATA_DIR: z.string().default('.data').describe('Folder for caches and the bot session'),

  KNOWLEDGE_DIR: z.string().default('knowledge').describe('Township data to load'),
  ALARM_ESCALATE_MINUTES: z.coerce
    .number()
    .positive()
    .default(5)
    .describe('A life is in danger and nobody on duty has acknowledged for so long: the next level is told'),
  CASE_RULES_FILE: z
    .string()
    .optional()
    .describe("This place's own shorter limits, and holidays the library does not have yet; see knowledge/README.md"),
  PAGES_DIR: z.string().default('dist').describe('Built pages'),
  INTENTS_DIR: z.string().default('intents').describe('Intent files'),

  EMBEDDINGS_URL: z
    .string()
    .url()
    .optional()
    .describe('OpenAI-compatible /v1 for search by meaning; empty: search goes by words alone'),
  EMBEDDINGS_MODEL: z.string().default('text-embedding-3-small').describe('Its model'),
  EMBEDDINGS_QUERY_MODEL: z.string().optional().describe('Its model for questions, where that has another name'),
  EMBEDDINGS_API_KEY: z.string().optional().describe('Its key'),
  EMBEDDINGS_QUERY_PREFIX: z.string().default('').describe('Put before a question, as some models want it'),
  EMBEDDINGS_PASSAGE_PREFIX: z.string().default('').describe('Put before a passage'),
  EMBEDDINGS_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(1)
    .default(400)
    .describe('A question waits for it no longer than this, then words decide'),

  TRANSCRIPTION_URL: z
    .string()
    .url()
    .optional()
    .describe('OpenAI-compatible /v1 that hears voice messages; empty: villagers are asked to type'),
  TRANSCRIPTION_MODEL: z.string().default('whisper-1').describe('Its model'),
  TRANSCRIPTION_KEY: z.string().optional().describe('Its key'),
  TRANSCRIPTION_LANGUAGE: z.string().default('zh').describe('Language it is told to listen for'),
  TRANSCRIPTION_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(1)
    .default(15_000)
    .describe('A voice message waits for it no longer than this, then the villager is asked to type'),

  MESSAGES_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .default(20)
    .describe('Answers one person gets in a minute; more is stored and answered quietly'),
  WORKER_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .default(32)
    .describe('Conversations one worker process serves at a time'),

  SMS_KANNEL_SEND_URL: z.string().url().optional().describe("Kannel's cgi-bin/sendsms; empty: SMS is off"),
  SMS_KANNEL_USERNAME: z.string().default('').describe('Kannel user'),
  SMS_KANNEL_PASSWORD: z.string().default('').describe('Kannel password'),
  SMS_KANNEL_FROM: z.string().default('').describe('Our number'),
  SMS_KANNEL_HOOK_TOKEN: z
    .string()
    .optional()
    .describe('Secret in the path of the callbacks, /api/hooks/sms-kannel/<token>/…'),
  SMS_KANNEL_PER_SECOND: z.coerce
    .number()
    .positive()
    .default(2000)
    .describe('Messages a second that the gateway takes'),
  SMS_KANNEL_REPORT_WAIT_S: z.coerce
    .number()
    .positive()
    .default(60)
    .describe('Seconds to wait for a delivery report before an uncertain message is sent again'),

  WECHATY_PUPPET: z.string().optional().describe('Wechaty puppet, e.g. wechaty-puppet-service; empty: WeChat is off'),
  WECHATY_PUPPET_SERVICE_ENDPOINT: z.string().optional().describe('host:port of the puppet service'),
  WECHATY_PUPPET_SERVICE_TOKEN: z.string().optional().describe('Token of the puppet service'),
  WECHATY_ACCOUNT: z.string().default('wechat-1').describe('Our name for this WeChat account'),
  WECHATY_ROOM_REPLIES_PER_HOUR: z.coerce.number().int().min(0).default(30).describe('Answers in one group in an hour'),
})

export type Environment = z.output<typeof environment>

/** What the process runs with: the environment plus what follows from it. */
export type Config = Environment & { publicUrl: string; roles: ReadonlySet<'api' | 'worker' | 'bot'> }

/**
 * Parses the environment; all faults are told together.
 * @throws DomainError config_invalid with one line a fault
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  // An empty value in an .env file means: not set.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new DomainError('config_invalid', 500, `设置有误:\n${lines.join('\n')}`, lines)
  }
  const roles = new Set(
    parsed.data.ROLE.flatMap((role) => (role === 'all' ? (['api', 'worker', 'bot'] as const) : [role])),
  )
  return {
    ...parsed.data,
    publicUrl: (parsed.data.PUBLIC_URL ?? `http://localhost:${parsed.data.PORT}`).replace(/\/$/, ''),
    roles,
  }
}

/** The text of .env.example: every setting with its meaning and default, in the order of the schema. */
export function envExample(): string {
  const lines = Object.entries(environment.shape).map(([name, shape]) => {
    const fallback = shape.safeParse(undefined)
    const value = fallback.success && fallback.data !== undefined ? String(fallback.data) : ''
    return `# ${shape.description ?? ''}\n${value === '' || value === 'false' ? `# ${name}=` : `${name}=${value}`}\n`
  })
  return `# Settings of the village desk. npm start chooses good ones by itself; a deployment sets its own.\n\n${lines.join('\n')}`
}
