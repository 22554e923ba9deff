/** Works through one contact's messages in order. Each turn is one transaction: state, processed mark, reply, and what the skill writes. */
import type { ClientSession } from 'mongoose'
import { randomUUID } from 'node:crypto'
import { PENDING_BATCH } from '../channels/index.ts'
import type {
  Channel,
  Contacts,
  Inbox,
  InboundContent,
  Outbox,
  OutboundDraft,
  Reply,
  StoredContact,
  StoredOutbound,
} from '../channels/index.ts'
import { toError } from '../infrastructure/errors.ts'
import type { Services } from '../infrastructure/services.ts'
import type { Transcription } from '../infrastructure/transcription.ts'
import { replies } from './replies.ts'
import { respond } from './respond.ts'
import type { Person, RespondDeps, Response, Unanswered } from './turn.ts'
import type { Rooms } from './rooms.ts'
import { emptyState, openState, sealState } from './state.ts'
import type { ConversationState } from './state.ts'
import { awaitsAnswer } from './fragments.ts'
import { createHear } from './hear.ts'
import { gatherTurn } from './gather.ts'
import type { Entry } from './gather.ts'
import { isStoreFault } from './store-fault.ts'
import { createTurnCommit } from './commit-turn.ts'
import type { TurnWrites } from './commit-turn.ts'

const NO_NAMES = { villageId: null, entries: [] }

export interface EngineDeps extends RespondDeps {
  inbox: Inbox
  outbox: Outbox
  contacts: Contacts
  rooms: Rooms
  channels: ReadonlyMap<string, Channel>
  /** Answers one person gets in a minute. */
  perMinute: number
  /** Hears voice messages; null: nobody does. */
  transcription: Transcription | null
  /** Logs what could not be answered, within the turn's transaction. */
  recordUnanswered(session: ClientSession, entry: Unanswered & { contactId: string; at: Date }): Promise<void>
  /** Tells somebody on duty, within the turn's transaction. */
  alertDanger(
    session: ClientSession,
    entry: { contactId: string; villageId: string | null; text: string; at: Date },
  ): Promise<void>
}

/** @returns a function that processes all pending messages of a contact; milliseconds to wait when some have to settle */
export function createEngine(
  services: Services,
  deps: EngineDeps,
): (contactId: string) => Promise<{ settleMs: number }> {
  const { clock, logger, vault } = services
  const commitTurn = createTurnCommit(services, deps.outbox)
  const hear = createHear(services, deps.transcription)

  return async function processContact(contactId) {
    for (;;) {
      const [pending, contact, busy] = await Promise.all([
        deps.inbox.pending(contactId),
        deps.contacts.find(contactId),
        deps.outbox.isBusy(contactId),
      ])
      let known = contact
      let laneBusy = busy
      let rest = pending
      while (rest.length > 0) {
        const [next] = rest as [Entry, ...Entry[]]
        const turn = gatherTurn(rest, clock.now(), () => {
          const { state } = stateOf(contactId, known, next.content)
          return { awaitsAnswer: awaitsAnswer(state), answered: state.context.last !== undefined }
        })
        if (turn.settleMs > 0) return { settleMs: turn.settleMs }
        rest = rest.slice(turn.entries.length)
        const written = await processTurn(contactId, known, turn.entries, laneBusy)
        if (!written) break
        known = written.contact
        laneBusy ||= written.entries.some(({ state }) => state === 'pending')
      }
      // Whatever came meanwhile has its own wake, which runs after this one; only a full page has more behind it.
      if (pending.length < PENDING_BATCH) return { settleMs: 0 }
    }
  }

  /** Null when another worker had it already. */
  async function processTurn(
    contactId: string,
    contact: StoredContact | null,
    entries: Entry[],
    laneBusy: boolean,
  ): Promise<{ contact: StoredContact; entries: StoredOutbound[] } | null> {
    const now = clock.now()
    const [first] = entries as [Entry, ...Entry[]]
    const { channel, account, content } = first
    const room = content.room && { channel, account, ...content.room }
    const { roomKey, stateKey, state } = stateOf(contactId, contact, content)
    const minute = countMinute(contact, now, entries.length)
    const villageId = content.villageId ?? contact?.villageId ?? null
    const person: Person = {
      id: contactId,
      channel,
      account,
      form: deps.channels.get(channel)?.form ?? 'chat',
      villageId,
      ...(content.origin && { origin: content.origin }),
    }
    const group = room
      ? {
          roomId: room.id,
          villageId: await deps.rooms.villageOf(room),
          overheard: !content.addressed && !content.dropped,
        }
      : null

    let response: Response
    if (minute.count > deps.perMinute && !speaksOfDanger(entries, now)) {
      const said = minute.count - entries.length < deps.perMinute + 1 && !group ? [replies.tooMany()] : []
      response = { replies: said, state, commits: [], unanswered: [], outcomes: [] }
    } else {
      response = await respondSafely({
        incoming: await hear(mergeContent(entries)),
        person,
        state,
        group,
        now,
      })
    }
    if (group?.overheard && room && !(await deps.rooms.allows(room, first.content.text, now, false)))
      response.replies = []

    const drafts = toDrafts(response.replies, person, content)
    const nextState = response.state
    const stateSealed = sealState(services, stateKey, nextState)
    // Who speaks in a village's group is, until told otherwise, of that village.
    const newVillage = response.villageId ?? content.villageId ?? contact?.villageId ?? group?.villageId ?? null
    const outgoing = deps.outbox.prepare(drafts, { claim: !laneBusy })
    const turn: TurnWrites = {
      inboxIds: entries.map(({ _id }) => _id),
      now,
      contact: {
        filter: { _id: contactId },
        update: {
          $set: {
            ...(roomKey ? { [`rooms.${roomKey}`]: stateSealed } : { stateSealed }),
            minute,
            updatedAt: now,
            ...(newVillage && { villageId: newVillage }),
            ...(response.optedOut !== undefined && { optedOut: response.optedOut }),
          },
          $setOnInsert: {
            channel,
            account,
            addressSealed: contact?.addressSealed ?? deps.contacts.sealAddress(contactId, content.from),
            createdAt: now,
            ...(!newVillage && { villageId: null }),
          },
        },
      },
      outgoing,
      more: [
        ...response.commits,
        ...response.unanswered.map(
          (entry) => async (session: ClientSession) => deps.recordUnanswered(session, { ...entry, contactId, at: now }),
        ),
        ...(response.danger
          ? [
              async (session: ClientSession) =>
                deps.alertDanger(session, {
                  contactId,
                  villageId: newVillage,
                  text: response.understanding?.text ?? content.text,
                  at: now,
                }),
            ]
          : []),
        ...(room && drafts.length > 0
          ? [async (session: ClientSession) => deps.rooms.answered(room, content.text, now, session)]
          : []),
      ],
    }
    if (!(await commitTurn(turn))) return null
    deps.outbox.dispatch(outgoing)
    const fresh: StoredContact = {
      ...(contact ?? {
        _id: contactId,
        channel,
        account,
        addressSealed: turn.contact.update.$setOnInsert.addressSealed,
        createdAt: now,
        villageId: null,
      }),
      villageId: newVillage,
      minute,
      updatedAt: now,
      ...(roomKey ? { rooms: { ...contact?.rooms, [roomKey]: stateSealed } } : { stateSealed }),
    }
    return { contact: fresh, entries: outgoing }
  }

  /** Danger to life is heard however much else was said in this minute. */
  function speaksOfDanger(entries: Entry[], now: Date): boolean {
    const { text } = mergeContent(entries)
    return text !== '' && deps.understander.understand(text, { now, vocabulary: NO_NAMES }).danger
  }

  /** What is remembered of this person, here: in private, or in this group. */
  function stateOf(
    contactId: string,
    contact: StoredContact | null,
    { room }: InboundContent,
  ): { roomKey: string | undefined; stateKey: string; state: ConversationState } {
    const roomKey = room && vault.fingerprint('room', room.id)
    const stateKey = roomKey ? `${contactId}@${roomKey}` : contactId
    const sealed = roomKey ? contact?.rooms?.[roomKey] : contact?.stateSealed
    return { roomKey, stateKey, state: openState(services, stateKey, sealed, clock.now()) }
  }

  /** A fault in a skill must not hold up the person's next message: it is told with a number and logged under it. */
  async function respondSafely(input: Parameters<typeof respond>[0]): Promise<Response> {
    try {
      return await respond(input, deps)
    } catch (thrown) {
      // When the store is away nothing can be answered now; the message stays pending and is taken up again.
      if (isStoreFault(thrown)) throw thrown
      const faultId = randomUUID().slice(0, 8)
      logger.error({ err: toError(thrown), faultId }, 'a turn failed')
      return {
        replies: [replies.fault(faultId)],
        state: { ...emptyState(), ...input.state },
        commits: [],
        unanswered: [],
        outcomes: [],
      }
    }
  }
}

function toDrafts(said: Reply[], person: Person, content: InboundContent): OutboundDraft[] {
  // One text message for one question: several parts are said together; cards and long forms stay at home.
  const joined =
    person.form === 'sms' && said.length > 0
      ? [{ text: said.map(({ text, short }) => short ?? text).join('\n') }]
      : said
  return joined.map((reply) => ({
    contactId: person.id,
    channel: person.channel,
    account: person.account,
    to: content.from,
    ...(content.room && { room: { id: content.room.id, mention: content.from } }),
    reply,
  }))
}

function mergeContent(entries: Entry[]): Parameters<typeof respond>[0]['incoming'] {
  return {
    text: entries
      .map(({ content }) => content.text)
      .filter(Boolean)
      .join('\n'),
    attachments: entries.flatMap(({ content }) => content.attachments),
    cut: entries.some(({ content }) => content.cut),
    refused: entries.some(({ content }) => content.refused !== undefined),
    dropped: entries[0]?.content.dropped,
  }
}

function countMinute(contact: StoredContact | null, now: Date, added: number): { at: number; count: number } {
  const at = Math.floor(now.getTime() / 60_000)
  return contact?.minute?.at === at ? { at, count: contact.minute.count + added } : { at, count: added }
}
