/** Voice messages become words before anything is understood; the recording stays among the attachments. */
import type { Services } from '../infrastructure/services.ts'
import type { Transcription } from '../infrastructure/transcription.ts'
import type { StoredAttachment } from './skill.ts'
import type { Incoming } from './turn.ts'

/** @param transcription null where there is nobody to listen: the message is taken as it is */
export function createHear(
  { files }: Pick<Services, 'files'>,
  transcription: Transcription | null,
): (incoming: Incoming) => Promise<Incoming> {
  const wordsOf = async ({ fileId, mediaType }: StoredAttachment): Promise<string | null> => {
    const file = await files.read(fileId)
    return file && transcription ? transcription.transcribe(file.bytes, mediaType) : null
  }
  return async (incoming) => {
    const recordings = incoming.attachments.filter(({ kind }) => kind === 'audio')
    if (!transcription || recordings.length === 0 || incoming.dropped) return incoming
    const heard = (await Promise.all(recordings.map(wordsOf))).filter((said) => said !== null)
    if (heard.length === 0) return { ...incoming, voice: 'unclear' }
    return { ...incoming, text: [incoming.text, ...heard].filter(Boolean).join('\n'), voice: 'heard' }
  }
}
