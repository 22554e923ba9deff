/** A village's resolutions, party affairs and press conferences → records. */
import type { Resolution } from '../records.ts'
import { draft } from './draft.ts'
import type { DraftRecord } from './draft.ts'
import { date, isFields, list, listOf, number, sentences, text, toText } from './fields.ts'
import type { Fields } from './fields.ts'
import type { RawTable } from './raw-table.ts'
import type { Read } from './read-finance.ts'
import { shapes } from './shapes.ts'
import { readRows } from './table.ts'

/** Resolutions as lines of a table. */
export function readResolutionTable(table: RawTable): Read {
  const { rows, ...remarks } = readRows(table, shapes.resolutions)
  return { ...remarks, records: rows.map(({ value }) => resolutionDraft(value)) }
}

export const resolutionDraft = (resolution: Resolution): DraftRecord =>
  draft('resolution', resolution.code, resolution, {
    date: resolution.date,
    text: [resolution.topic, resolution.meeting, resolution.content],
  })

export function readResolutions(files: readonly { name: string; fields: Fields }[]): DraftRecord[] {
  return files.map(({ fields }) => {
    const votes = isFields(fields['表决']) ? fields['表决'] : fields
    const resolution = {
      code: text(fields, '编号', 'code', 'id'),
      date: date(fields, '日期', 'date'),
      meeting: text(fields, '会议', 'meeting'),
      topic: text(fields, '议题', 'topic', 'title'),
      expected: number(votes, '应到', 'expected'),
      present: number(votes, '实到', 'present'),
      for: number(votes, '赞成', '同意', 'for'),
      against: number(votes, '反对', 'against'),
      abstained: number(votes, '弃权', 'abstained'),
      content: sentences(fields, '内容', 'content', 'text').join('\n'),
      shownOn: date(fields, '公示日期', 'shownOn'),
    }
    return resolutionDraft(resolution)
  })
}

/** Party affairs come as topics, each with fields or a list of entries; every entry is one record. */
export function readParty(value: unknown): DraftRecord[] {
  const records: DraftRecord[] = []
  const add = (topic: string, fields: Fields, order: number): void => {
    const items = Object.entries(fields)
      .filter(([label]) => !['标题', 'title', '日期', 'date'].includes(label))
      .map(([label, each]) => ({ label, value: toText(each) }))
    const title = text(fields, '标题', 'title', '名称', '事项')
    const entry = {
      title: title && title !== topic ? `${topic}:${title}` : topic,
      date: date(fields, '日期', 'date', '时间'),
      text: items.map(({ label, value: each }) => `${label}:${each}`).join(';'),
      items,
    }
    records.push(
      draft('party', `party-${topic}-${order}`, entry, {
        date: entry.date,
        text: [entry.title, entry.text],
        facets: [`topic:${topic}`],
      }),
    )
  }
  if (!isFields(value)) return records
  for (const [topic, content] of Object.entries(value)) {
    if (Array.isArray(content))
      content.forEach((each, index) => add(topic, isFields(each) ? each : { [topic]: each }, index + 1))
    else add(topic, isFields(content) ? content : { [topic]: content }, 1)
  }
  return records
}

export function readConferences(value: unknown): DraftRecord[] {
  const all = listOf(value, '发布会', 'conferences', '场次', 'items')
  return all.map((fields, index) => {
    const answers = listOf(fields['问答'] ?? fields['答问'] ?? fields['现场问答'] ?? fields.answers).map((answer) => ({
      question: text(answer, '问', '问题', 'question'),
      answer: text(answer, '答', '答复', '回答', 'answer'),
      by: text(answer, '答复人', '回答人', 'by'),
    }))
    const on = date(fields, '日期', '时间', 'date')
    const conference = {
      code: text(fields, '编号', 'code', 'id') || `fbh-${on || index + 1}`,
      title: text(fields, '名称', '标题', 'title'),
      date: on,
      place: text(fields, '地点', 'place'),
      state: (answers.length > 0 || /(已开|已召开|held|完成)/.test(text(fields, '状态', 'state'))
        ? 'held'
        : 'planned') as 'held' | 'planned',
      agenda: list(fields, '议题', '议程', '通报', 'agenda'),
      answers,
      note: text(fields, '备注', '说明', 'note'),
    }
    return draft('conference', conference.code, conference, {
      date: /^\d{4}-\d\d-\d\d$/.test(on) ? on : '',
      text: [
        conference.title,
        conference.agenda,
        conference.answers.flatMap(({ question, answer }) => [question, answer]),
      ],
    })
  })
}
