/** An answer → what is said on a channel: fact, details, source with period and date, and how to question it. */
import { createHash } from 'node:crypto'
import type { Card, ChannelForm, Reply, Source } from '../../channels/index.ts'
import type { SkillOutcome } from '../../conversation/index.ts'
import { clip } from '../format.ts'
import type { StoredPublication } from '../records.ts'
import type { Answer, Cite } from './answer.ts'
import { answerReplies } from './replies.ts'

/** A text message is cut into parts of 67 characters; two parts and a little. */
const SHORT_LENGTH = 140
const MAX_SOURCES = 4
const MAX_RECORD_IDS = 300

export function toSource({ title, period, url, publications, recordIds }: Cite): Source {
  const versions = publications.map(({ version }) => version)
  const hash = hashOf(publications)
  const publishedAt = latestOf(publications)
  return {
    title,
    ...(period && { period }),
    ...(publishedAt && { publishedAt }),
    url,
    recordIds: recordIds.slice(0, MAX_RECORD_IDS),
    ...(versions.length > 0 && { version: Math.max(...versions) }),
    ...(hash && { hash }),
  }
}

/** One publication's own hash; of several, the hash over theirs in order. */
export function hashOf(publications: readonly Pick<StoredPublication, '_id' | 'hash'>[]): string | undefined {
  if (publications.length <= 1) return publications[0]?.hash
  const sorted = [...publications].sort((a, b) => (a._id < b._id ? -1 : 1))
  return createHash('sha256')
    .update(sorted.map(({ hash }) => hash).join('\n'))
    .digest('hex')
}

function latestOf(publications: readonly StoredPublication[]): string | undefined {
  return publications
    .map(({ publishedAt }) => publishedAt)
    .sort()
    .at(-1)
}

/** @param publicUrl prefix of links in channels that show no cards */
export function toReply(answer: Answer, form: ChannelForm, publicUrl: string): Reply {
  const sources = answer.cites.slice(0, MAX_SOURCES).map(toSource)
  const first = sources[0]
  const sourceLines = sources.map((source, index) => answerReplies.source(source, index === 0))
  const link = form === 'chat' && first ? [answerReplies.link(`${publicUrl}${first.url}`)] : []
  const text = [
    answer.lead,
    ...(answer.lines ?? []),
    ...(answer.hint ? [answer.hint] : []),
    ...sourceLines,
    ...link,
    ...(first && !answer.unanswered ? [answerReplies.howToQuestion()] : []),
  ].join('\n')
  const card: Card | undefined =
    answer.card || sources.length > 0
      ? { ...(answer.card ?? { title: first?.title ?? '' }), ...(sources.length > 0 && { sources }) }
      : undefined
  return { text, short: shortOf(answer, first), ...(card && { card }) }
}

function shortOf(answer: Answer, source: Source | undefined): string {
  const said = plainShort(answer.short ?? [answer.lead, ...(answer.lines ?? [])].join('。'))
  const cited = source ? answerReplies.shortSource(source) : ''
  const question = source && !answer.unanswered ? answerReplies.shortQuestion() : ''
  for (const tail of [`${cited}${question}`, cited]) {
    if ([...said, ...tail].length <= SHORT_LENGTH) return `${said}${tail}`
  }
  return `${clip(said, SHORT_LENGTH - [...cited].length)}${cited}`
}

/** Lists run on in one line. */
function plainShort(text: string): string {
  return text.replaceAll(/[。;,]?\s*· /g, ';').replaceAll(/([:。;,])[。;]+/g, '$1')
}

export function toOutcome(answer: Answer, form: ChannelForm, publicUrl: string): SkillOutcome {
  const recordIds = answer.cites.flatMap((cite) => cite.recordIds)
  return {
    replies: [toReply(answer, form, publicUrl)],
    ...(answer.unanswered && { unanswered: answer.unanswered }),
    ...(answer.certain && { certain: true }),
    trace: {
      recordIds: [...new Set(recordIds)],
      ...(answer.memory && { query: answer.memory }),
      ...(answer.figures && { figures: answer.figures }),
    },
  }
}
