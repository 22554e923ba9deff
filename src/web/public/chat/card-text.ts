import type { ReplyShape } from '../../../channels/schema.ts'

/** What stands in the card already need not be said again: sources, and lines that repeat one of its rows or bars. */
export function cardText(text: string, card: NonNullable<ReplyShape['card']>): string {
  const rows = card.rows ?? []
  const labels = (card.series ?? []).map((item) => item.label)
  return text
    .split('\n')
    .filter((line) => !(card.sources?.length && SOURCE.test(line)))
    .filter((line) => !rows.some(({ label, value }) => line.includes(label) && line.includes(value)))
    .filter((line) => !(ITEM.test(line) && labels.some((label) => line.includes(label))))
    .join('\n')
    .trim()
}

const SOURCE = /^(?:来源|还有)[:\uff1a]《|^点开看原账[:\uff1a]/
const ITEM = /^(?:·|\d{1,2}\.)\s/
