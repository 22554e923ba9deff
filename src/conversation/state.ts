/** What is remembered between two messages of one person: an open form, a question we asked, the last answer. Sealed at rest. */
import type { Services } from '../infrastructure/services.ts'
import type { Context, StoredAttachment } from './skill.ts'

export interface ConversationState {
  context: Context
  /** The form that is open, with its own data. */
  form?: { name: string; data: unknown; since: string }
  /** We asked “您是想问 1… 2…”: what each number means, and the words it was about. */
  choosing?: { text: string; options: { code: string; title: string }[] }
  /** We asked which village; the question waits. */
  awaitingVillage?: { text: string }
  /** Photos that came before it was clear what for. */
  photos?: { files: StoredAttachment[]; at: string }
  /** We did not understand last time: not to ask twice in a row. */
  puzzled?: boolean
}

export const emptyState = (): ConversationState => ({ context: {} })

/** Follow-ups (“那前年呢”) are understood for this long. */
const CONTEXT_MS = 30 * 60_000

export function sealState({ vault }: Pick<Services, 'vault'>, key: string, state: ConversationState): Buffer {
  return vault.seal(JSON.stringify(state), `state:${key}`)
}

/** Opens a state; what has gone stale is dropped. */
export function openState(
  { vault }: Pick<Services, 'vault'>,
  key: string,
  sealed: Buffer | undefined,
  now: Date,
): ConversationState {
  if (!sealed) return emptyState()
  const state = JSON.parse(vault.openText(sealed, `state:${key}`)) as ConversationState
  const { last } = state.context
  if (last) {
    last.at = new Date(last.at)
    if (now.getTime() - last.at.getTime() > CONTEXT_MS) delete state.context.last
  }
  if (state.photos && now.getTime() - new Date(state.photos.at).getTime() > CONTEXT_MS) delete state.photos
  return state
}
