/** A conversation in the terminal or in a test: each text is understood and answered as over a channel, with what was said before remembered. */
import type { Incoming, Response, Understander } from '../../src/conversation/index.ts'
import { createVocabularies, emptyState, loadUnderstander, respond } from '../../src/conversation/index.ts'
import type { PublicationsHere } from './publications-here.ts'

export interface Talk {
  say(text: string): Promise<Response>
  close(): void
}

/** @param options now: the moment of asking; default this one */
export async function startTalk(
  { publications, organisation }: PublicationsHere,
  villageId: string | null,
  options: { now?: Date; form?: 'web' | 'sms' | 'chat'; cacheDir?: string; understander?: Understander } = {},
): Promise<Talk> {
  const loaded = options.understander
    ? null
    : await loadUnderstander('intents', { ...(options.cacheDir && { cacheDir: options.cacheDir }) })
  const understander = options.understander ?? loaded!
  const villages = async (): Promise<{ id: string; name: string; aliases: string[] }[]> =>
    (await organisation.get()).villages
  const vocabulary = createVocabularies([publications], villages)
  let state = emptyState()
  return {
    async say(text) {
      const incoming: Incoming = { text, attachments: [] }
      const response = await respond(
        {
          incoming,
          person: { id: 'terminal', channel: 'terminal', account: 'terminal', form: options.form ?? 'web', villageId },
          state,
          group: null,
          now: options.now ?? new Date(),
        },
        {
          understander,
          vocabulary,
          skills: publications.skills ?? [],
          forms: [],
          villages,
          ways: async () => ({ publicUrl: '', dutyPhone: (await organisation.get()).dutyPhone ?? '' }),
        },
      )
      state = structuredClone(response.state)
      return response
    },
    close: () => loaded?.close(),
  }
}
