/** What the conversation answers by itself: greetings, help, refusals, which village. */
import type { Reply } from '../channels/index.ts'
import { replies } from './replies.ts'
import type { Ways } from './replies.ts'
import type { ConversationState } from './state.ts'
import type { Slots } from './understand/index.ts'

export interface OwnReply {
  replies: Reply[]
  villageId?: string
  optedOut?: boolean
}

interface OwnInput {
  ways: Ways
  homeVillage: string | null
  villages(): Promise<{ id: string; name: string }[]>
  state: ConversationState
}

/** @param code an intent for which no skill is registered */
export async function ownReply(
  code: string,
  slots: Slots,
  { ways, homeVillage, villages }: OwnInput,
): Promise<OwnReply> {
  switch (code) {
    case 'talk.greeting': {
      const village = (await villages()).find(({ id }) => id === homeVillage)
      return { replies: [replies.greeting(village?.name ?? null)] }
    }
    case 'talk.help':
      return { replies: [replies.help(ways)] }
    case 'talk.thanks':
      return { replies: [replies.thanks()] }
    case 'talk.stop':
      return { replies: [replies.stopped()], optedOut: true }
    case 'talk.bind': {
      const known = await villages()
      const village = known.find(({ id }) => id === slots.village)
      return village
        ? { replies: [replies.villageSet(village.name)], villageId: village.id }
        : { replies: [replies.villageUnknown(known.map(({ name }) => name))] }
    }
    case 'talk.confirm':
    case 'talk.deny':
    case 'talk.choose':
      return { replies: [replies.nothingOpen()] }
    case 'participate.vote':
      return { replies: [replies.noConsultation()] }
    case 'talk.abuse':
      return { replies: [replies.abuse()] }
    case 'refuse.privacy':
      return { replies: [replies.privacy()] }
    case 'refuse.injection':
      return { replies: [replies.injection()] }
    default:
      return { replies: [replies.outOfScope()] }
  }
}
