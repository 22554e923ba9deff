/** Closed cases that were about the like, with how they ended: for whoever has to decide a new one. Only what the actor may read. */
import type { Actor } from '../people/index.ts'
import type { CaseContext } from './context.ts'
import { getCase } from './list-cases.ts'
import { overlap, tellingPairs } from './likeness.ts'
import { WORDS_INDEX } from './model.ts'
import type { StoredCase } from './model.ts'
import { readsCase, visibleAnd } from './policy.ts'
import { PROCEDURES } from './procedures/index.ts'
import type { SimilarCases } from './schema.ts'
import { openSeal } from './seals.ts'
import { hashWords } from './word-index.ts'

const SHOWN = 5
/** Pairs of the text that are looked up. */
const PAIRS = 40
/** The newest so many that share one of them are compared. */
const CANDIDATES = 300
/** Common share from which on it is worth reading. */
const ALIKE = 0.15
const SUBJECT_LENGTH = 60
/** How people begin and end, whatever it is about. */
const OPENING = /(?:我|俺|咱)们?(?:要|想)?(?:反映|举报|投诉|问)(?:一下)?|直接提交/gu
const toldBy = (text: string): Set<string> => tellingPairs(text.replaceAll(OPENING, ' '))

export async function listSimilar(context: CaseContext, actor: Actor, id: string): Promise<SimilarCases> {
  const stored = await getCase(context, actor, id)
  if (!readsCase(actor, stored)) return { items: [] }
  const own = toldBy(openSeal(context.vault, stored).openContent(stored.content).text)
  const hashes = hashWords(context.vault, stored.kind, [...own].slice(0, PAIRS))
  if (hashes.length === 0) return { items: [] }
  const conditions = [{ kind: stored.kind, state: 'closed' as const, _id: { $ne: stored._id } }]
  const candidates = await context.collections.cases
    .find(
      {
        $and: [{ words: { $in: hashes } }, visibleAnd(actor, conditions, { wordsToo: true })],
      },
      { promoteBuffers: true },
    )
    .hint(WORDS_INDEX)
    .sort({ filedAt: -1, _id: -1 })
    .limit(CANDIDATES)
    .toArray()
  return {
    items: candidates
      .filter((one) => readsCase(actor, one))
      .map((one) => ({ one, ...open(context, one) }))
      .map((found) => ({ ...found, share: overlap(own, toldBy(found.text)) }))
      .filter(({ share }) => share >= ALIKE)
      .toSorted((a, b) => b.share - a.share)
      .slice(0, SHOWN)
      .map(({ one, text, outcome }) => ({
        id: one._id.toHexString(),
        subject: text.replaceAll(/\s+/g, ' ').slice(0, SUBJECT_LENGTH),
        outcomeTitle: PROCEDURES[one.kind].outcomes.find(({ code }) => code === one.outcome?.code)?.title ?? '',
        outcome,
        closedAt: (one.outcome?.at ?? one.updatedAt).toISOString(),
      })),
  }
}

function open(context: CaseContext, stored: StoredCase): { text: string; outcome: string } {
  const seal = openSeal(context.vault, stored)
  return {
    text: seal.openContent(stored.content).text,
    outcome: stored.outcome ? seal.openOutcome(stored.outcome.text) : '',
  }
}
