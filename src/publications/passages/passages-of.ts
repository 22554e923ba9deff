/** What a village's records say in words, piece by piece: notes, contents of decisions, answers at press conferences, debts and their reasons. */
import { yuan } from '../format.ts'
import type { Catalogue } from '../catalogue.ts'
import { chineseDate } from '../periods.ts'
import type { RecordData, RecordKind, StoredRecord } from '../records.ts'
import { passageReplies as say } from './replies.ts'

export interface VillagePassage {
  record: StoredRecord
  /** What the record is called, as it is shown. */
  title: string
  /** Everything that people call it. */
  names: string
  text: string
}

type Texts<K extends RecordKind> = (
  data: RecordData[K],
  catalogue: Catalogue,
) => { title: string; names?: readonly string[]; texts: readonly string[] }

const labelled = (label: string, text: string | null): string[] => (text ? [`${label}:${text}`] : [])
const sentences = (text: string): string[] =>
  text
    .split(/(?<=[。;;\n])/)
    .map((part) => part.trim())
    .filter((part) => part.length > 2)

const TEXTS: { [K in RecordKind]?: Texts<K> } = {
  project: (data) => ({
    title: data.name,
    names: [...data.aliases, data.category, data.contractor],
    texts: [
      ...(data.note ? [data.note] : []),
      ...labelled(say.funding, data.funding),
      ...labelled(say.tender, data.tender),
      ...data.progress.map(({ date, note }) => `${chineseDate(date)}:${note}`),
    ],
  }),
  contract: (data) => ({
    title: data.subject,
    names: [...data.aliases, data.category, data.party],
    texts: [
      ...(data.note ? [data.note] : []),
      ...labelled(say.procedure, data.procedure),
      ...labelled(say.payment, [data.payment, data.plan].filter(Boolean).join(';')),
      ...labelled(say.exchange, data.exchange),
    ],
  }),
  debt: (data) => ({
    title: data.reason || data.party,
    names: [data.type, data.party],
    texts: [say.debt(data.type, data.party, data.reason, yuan(data.amount), chineseDate(data.due), data.status)],
  }),
  resolution: (data, catalogue) => {
    const projects = catalogue
      .of('project')
      .filter(({ data: { resolution } }) => resolution !== '' && resolution === data.code)
    return {
      title: data.topic,
      names: [data.meeting, ...projects.flatMap(({ data: { name, aliases } }) => [name, ...aliases])],
      texts: sentences(data.content),
    }
  },
  conference: (data) => ({
    title: data.title,
    texts: data.answers.map(({ question, answer, by }) => say.answered(question, answer, by)),
  }),
  party: (data) => ({
    title: data.title,
    texts: data.items.length > 1 ? data.items.map(({ label, value }) => `${label}:${value}`) : sentences(data.text),
  }),
  power: (data) => ({
    title: data.name,
    names: [...data.aliases, data.group],
    texts: [
      ...data.thresholds,
      ...data.steps.map(({ name, who, note }) => `${name}(${who}):${note}`),
      data.publication,
    ].filter(Boolean),
  }),
  negative: (data) => ({ title: data.title, texts: [data.detail, ...data.examples].filter(Boolean) }),
  responsibility: (data) => ({ title: data.post, names: data.aliases, texts: [...data.duties, ...data.accountable] }),
  asset: (data) => ({
    title: data.name,
    names: [data.category],
    texts: [[`${data.quantity}${data.unit}`, data.place, data.condition, data.use].filter(Boolean).join(',')],
  }),
}

/** In the order of the records. */
export function passagesOf(catalogue: Catalogue): VillagePassage[] {
  return catalogue.records.flatMap((record) => {
    const read = TEXTS[record.kind] as Texts<RecordKind> | undefined
    if (!read) return []
    const { title, names = [], texts } = read(record.data, catalogue)
    return texts.map((text) => ({ record, title, names: [title, ...names].join(' '), text }))
  })
}
