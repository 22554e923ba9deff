/** The one list of what the system consists of: channels, capabilities, roles. Builds the process from it. */
import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { ClientSession } from 'mongoose'
import { parse } from 'yaml'
import { buildChannels } from './build-channels.ts'
import { createCases, readLocalRules } from './cases/index.ts'
import type { CaseAudit } from './cases/index.ts'
import {
  INBOX_QUEUE,
  createContacts,
  createInbox,
  createOutbox,
  createSay,
  createTextTo,
  outboxQueue,
  parkedRoutes,
  prepareInbox,
  prepareOutbox,
  webchatRoutes,
} from './channels/index.ts'
import type { ChannelContext } from './channels/index.ts'
import { createConferences, questionsTopic } from './conferences/index.ts'
import type { Config } from './config.ts'
import {
  INTENT_TITLES,
  admit,
  createCorrections,
  createEngine,
  createRooms,
  createVocabularies,
  loadUnderstander,
} from './conversation/index.ts'
import type { Capability, EngineDeps } from './conversation/index.ts'
import {
  accountRoutes,
  buildHttp,
  createResolveActor,
  loadPageRenderer,
  routeTable,
  sessionRoutes,
  staticPages,
  villageRoutes,
} from './http/index.ts'
import type { HttpOptions, Route } from './http/index.ts'
import { anchorAudit } from './infrastructure/audit-anchors.ts'
import { createAuditLog } from './infrastructure/audit-log.ts'
import type { Job } from './infrastructure/capability.ts'
import { buildServices } from './infrastructure/build-services.ts'
import { transcriptionFrom } from './infrastructure/transcription.ts'
import { systemClock } from './infrastructure/clock.ts'
import type { Clock } from './infrastructure/clock.ts'
import { embeddingsFrom } from './infrastructure/embeddings.ts'
import { readInstanceKey } from './infrastructure/instance-key.ts'
import type { Logger } from './infrastructure/logger.ts'
import { createAccounts, createDemoAccounts, createOrganisation } from './people/index.ts'
import { createPublications } from './publications/index.ts'
import type { PageData } from './publications/index.ts'

const SWEEP_MS = 1000

/** Built pages by address. */
const PAGES = {
  '/chat': 'chat.html',
  '/receipt': 'receipt.html',
  '/receipt/:token': 'receipt.html',
  '/progress': 'progress.html',
  '/console': 'console.html',
  '/console/*rest': 'console.html',
}

export interface App {
  /** Starts the roles of the config; resolves when the process serves. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Port the service listens on, 0 when the api role is off. */
  port(): number
  /** Every address that it answers. */
  routes(): ReturnType<typeof routeTable>
}

/**
 * @param clock passed in by tests
 * @throws when MongoDB does not answer, the instance key is missing, or the intents cannot be read
 */
export async function buildApp(config: Config, logger: Logger, clock: Clock = systemClock): Promise<App> {
  const services = await buildServices(
    {
      mongodbUri: config.MONGODB_URI,
      redisUrl: config.REDIS_URL,
      queuePrefix: config.QUEUE_PREFIX,
      instanceKey: await readInstanceKey(config),
      publicUrl: config.publicUrl,
    },
    clock,
    logger,
  )
  const { connection } = services
  const organisation = createOrganisation(services)
  const accounts = createAccounts(services, organisation, {
    secondFactor: config.SECOND_FACTOR,
    demoAccounts: config.DEMO_ACCOUNTS,
  })
  const demoAccounts = createDemoAccounts(services, accounts)
  const audit = createAuditLog(connection, () => clock.now())
  const channels = new Map(buildChannels(config, services, logger).map((channel) => [channel.name, channel]))
  const serves = new Set(config.roles)
  const contacts = createContacts(services)
  const inbox = createInbox(services)
  const outbox = createOutbox(services, channels, serves, config.SMS_KANNEL_REPORT_WAIT_S * 1000)
  const say = createSay(services, contacts, outbox)
  const villages = async (): Promise<{ id: string; name: string; aliases: string[] }[]> =>
    (await organisation.get()).villages
  const embeddings = embeddingsFrom(config)
  if (!embeddings) logger.info('understanding and search by meaning are off: EMBEDDINGS_URL is not set')
  const understander = await loadUnderstander(config.INTENTS_DIR, {
    watch: true,
    embeddings,
    cacheDir: `${config.DATA_DIR}/cache`,
    onRefused: (errors) => logger.warn({ errors }, 'intent files refused; the last good ones stay'),
  })
  const forHandlers = {
    say,
    organisation: async () => organisation.get(),
    accounts: async () => accounts.list(),
    audit: async (entry: CaseAudit, session?: ClientSession) => audit.append(entry, session),
  }
  // The capabilities, each handed the kits and the front doors it needs. A new one is a line here.
  const renderPage = await loadPageRenderer<PageData>(config.PAGES_DIR)
  const publications = await createPublications(services, {
    villages,
    township: async () => organisation.get(),
    renderPage,
    embeddings,
    ...forHandlers,
    tellAccount: async (session, accountId, text) => cases.tellAccount(session, accountId, text),
  })
  const addressOf = async (contactId: string): Promise<string | null> => {
    const contact = await contacts.find(contactId)
    return contact && `${contact.channel} ${contacts.addressOf(contact)}`
  }
  const rules = readLocalRules(config.CASE_RULES_FILE ? parse(await readFile(config.CASE_RULES_FILE, 'utf8')) : {})
  const textTo = createTextTo(services, { inbox, contacts, outbox, channels }, config.SMS_KANNEL_FROM)
  const alarmWaitMs = config.ALARM_ESCALATE_MINUTES * 60_000
  const forCases = { addressOf, textTo, alarmWaitMs, questioned: publications.questioned, topics: [questionsTopic] }
  const templatesFile = `${config.KNOWLEDGE_DIR}/reply-templates.yaml`
  const cases = createCases(services, { ...forHandlers, ...rules, ...forCases, understander, templatesFile })
  const corrections = createCorrections(services, understander)
  const conferences = createConferences(services, {
    ...forHandlers,
    embeddings,
    intents: () => Object.entries(INTENT_TITLES).map(([code, title]) => ({ code, title })),
    correctIntent: corrections.add,
  })
  const capabilities: Capability[] = [publications, cases, conferences]
  const vocabulary = createVocabularies(capabilities, villages)
  const transcription = transcriptionFrom(config)
  if (!transcription) logger.info('voice messages are not heard: TRANSCRIPTION_URL is not set')
  const rooms = createRooms(
    services,
    async (text) => organisation.findVillage(text),
    config.WECHATY_ROOM_REPLIES_PER_HOUR,
  )

  const context: ChannelContext = {
    async receive(message) {
      const admission = await admit(message, clock.now(), { understander, vocabulary, rooms })
      if (admission === 'ignore') return 'ignored'
      return inbox.receive(message, admission === 'keep-without-words' ? { dropText: 'group-accusation' } : {})
    },
    report: async (report) => outbox.report(report),
  }
  const engineDeps: EngineDeps = {
    understander,
    vocabulary,
    skills: capabilities.flatMap(({ skills }) => skills ?? []),
    forms: capabilities.flatMap(({ forms }) => forms ?? []),
    villages,
    ways: async () => ({ publicUrl: config.publicUrl, dutyPhone: (await organisation.get()).dutyPhone ?? '12345' }),
    inbox,
    outbox,
    contacts,
    rooms,
    channels,
    perMinute: config.MESSAGES_PER_MINUTE,
    known: conferences.known,
    recordUnanswered: async (session, entry) => conferences.record(session, entry),
    alertDanger: cases.raiseAlarm,
    transcription,
  }
  const processContact = createEngine(services, engineDeps)
  const routes: Route[] = [
    ...capabilities.flatMap(({ routes: own }) => own ?? []),
    ...sessionRoutes(accounts, organisation, async () => (config.DEMO_ACCOUNTS ? demoAccounts.list() : [])),
    ...accountRoutes(accounts, async (entry, session) => audit.append(entry, session)),
    ...webchatRoutes(services, context, inbox, outbox),
    ...parkedRoutes(outbox),
    ...villageRoutes(organisation),
    ...(config.roles.has('api') ? await staticPages(`${config.PAGES_DIR}/web`, PAGES) : []),
  ]
  const stops: (() => Promise<void>)[] = []
  let server: Server | null = null

  const listeningPort = (): number => {
    const address = server?.address()
    return typeof address === 'object' && address ? address.port : 0
  }

  const mount: HttpOptions['mount'] = (router) => {
    router.get('/healthz', (koaContext) => {
      koaContext.body = { ok: connection.readyState === 1 }
      koaContext.status = connection.readyState === 1 ? 200 : 503
    })
    for (const channel of channels.values()) channel.routes?.(router, context)
  }

  const startApi = async (): Promise<void> => {
    const koa = buildHttp(routes, {
      clock,
      logger,
      trustProxy: config.TRUST_PROXY,
      resolveActor: createResolveActor(accounts),
      mount,
    })
    server = await new Promise<Server>((resolve, reject) => {
      const listening = koa.listen(config.PORT, config.HOST, () => resolve(listening))
      listening.once('error', reject)
    })
    stops.push(async () => {
      server?.closeAllConnections()
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
    })
  }

  const startWorker = async (): Promise<void> => {
    stops.push(
      services.wakes.work(
        INBOX_QUEUE,
        async (contactId) => {
          const { settleMs } = await processContact(contactId)
          if (settleMs > 0) services.wakes.wake(INBOX_QUEUE, contactId, { delayMs: settleMs })
        },
        { concurrency: config.WORKER_CONCURRENCY },
      ),
    )
    const timer = setInterval(() => {
      void Promise.all([inbox.sweep(), outbox.sweep()]).catch((error: unknown) =>
        logger.warn({ err: error }, 'sweep failed'),
      )
    }, SWEEP_MS)
    stops.push(async () => clearInterval(timer))
    const anchor: Job = {
      name: 'audit.anchor',
      everyMs: 3_600_000,
      run: async () => void (await anchorAudit(services, config.DATA_DIR)),
    }
    for (const job of [anchor, ...capabilities.flatMap(({ jobs }) => jobs ?? [])]) {
      const every = setInterval(
        () => void job.run().catch((error: unknown) => logger.error({ err: error, job: job.name }, 'job failed')),
        job.everyMs,
      )
      stops.push(async () => clearInterval(every))
    }
  }

  return {
    async start() {
      await Promise.all([prepareInbox(connection), prepareOutbox(connection), accounts.prepare()])
      for (const capability of capabilities) await capability.start?.()
      await corrections.start()
      if (config.roles.has('api')) await startApi()
      if (config.roles.has('worker')) await startWorker()
      for (const role of ['worker', 'bot'] as const) {
        if (config.roles.has(role))
          stops.push(
            services.wakes.work(outboxQueue(role), async (lane) => outbox.drain(lane), {
              concurrency: config.WORKER_CONCURRENCY,
            }),
          )
      }
      if (config.roles.has('bot')) {
        for (const channel of channels.values()) {
          await channel.start?.(context)
        }
      }
      for (const channel of channels.values()) stops.push(async () => channel.stop?.())
      logger.info(
        {
          roles: [...config.roles],
          port: listeningPort(),
          channels: [...channels.keys()],
          intents: understander.version,
        },
        'village desk is up',
      )
    },
    async stop() {
      for (const stop of stops.reverse()) await stop()
      await outbox.idle()
      corrections.close()
      understander.close()
      await embeddings?.close()
      await services.close()
    },
    port: listeningPort,
    routes: () => routeTable(routes, mount),
  }
}
