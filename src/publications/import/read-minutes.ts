/** Minutes of a meeting as Word or Markdown → one resolution: what stands after the usual labels, the rest is its text. */
import type { Resolution } from '../records.ts'
import { cellDate } from './cells.ts'
import { fault } from './fault.ts'
import { MAX_BYTES, MAX_CHARACTERS, refusedFile } from './limits.ts'
import { maskPersonal } from './mask-personal.ts'
import type { Read } from './read-finance.ts'
import { decodeText } from './read-table.ts'
import { resolutionDraft } from './read-village-texts.ts'
import { importReplies as say } from './replies.ts'
import { sniffFile } from './sniff-file.ts'
import type { MaskedCell } from './table.ts'
import { openPackage } from './workbook/open-package.ts'
import { parseXml } from './workbook/parse-xml.ts'

export const isMinutes = (file: string): boolean => /\.(docx|md|markdown)$/i.test(file)

/** @throws DomainError import_invalid with one line that says why it is not taken */
export async function readMinutes(file: string, bytes: Buffer): Promise<Read> {
  if (bytes.length > MAX_BYTES) throw refusedFile(say.tooLarge(file))
  const paragraphs = /\.docx$/i.test(file) ? await readWord(file, bytes) : decodeText(bytes).split(/\r?\n/)
  return toResolution(
    file,
    paragraphs.map((line) =>
      line
        .normalize('NFKC')
        .replace(/^\s*(?:#+|[-*])\s+/, '')
        .trim(),
    ),
  )
}

/** Paragraphs of the body; cells of a table are set apart by a tab. */
async function readWord(file: string, bytes: Buffer): Promise<string[]> {
  // A Word document is a package as a workbook is; old and locked ones are told apart from it in the same way.
  if (sniffFile(file, bytes) !== 'workbook') throw refusedFile(say.notADocument(file))
  const parts = await openPackage(file, bytes)
  try {
    if (parts.names().some((name) => /vbaProject/i.test(name))) throw refusedFile(say.macros(file))
    if (!parts.has('word/document.xml')) throw refusedFile(say.notADocument(file))
    const paragraphs: string[] = []
    let text = ''
    let inText = false
    let characters = 0
    await parseXml(await parts.open('word/document.xml'), {
      open(name) {
        if (name === 't') inText = true
        else if (name === 'tab') text += '\t'
        else if (name === 'br') text += '\n'
      },
      text(part) {
        if (!inText) return
        characters += part.length
        if (characters > MAX_CHARACTERS / 20) throw refusedFile(say.tooManyCells(file))
        text += part
      },
      close(name) {
        if (name === 't') inText = false
        if (name === 'p') {
          paragraphs.push(...text.split('\n'))
          text = ''
        }
      },
    }).catch((error: unknown) => {
      throw error instanceof Error && 'shown' in error ? error : refusedFile(say.notADocument(file))
    })
    return paragraphs
  } finally {
    parts.close()
  }
}

const LABELS = {
  code: /^(?:决议|会议)?编号/,
  date: /^(?:会议|开会|召开)?(?:时间|日期)/,
  meeting: /^(?:会议名称|会议类型|会议)/,
  topic: /^(?:议题|事项|决议事项|会议议题)/,
  shownOn: /^公示(?:时间|日期)/,
} as const

const PEOPLE = {
  expected: /应到(?:会)?(?:代表|人数|党员)?:?\s*(\d+)/,
  present: /实到(?:会)?(?:代表|人数|党员)?:?\s*(\d+)/,
  for: /(?:赞成|同意)(?:票|的)?:?\s*(\d+)/,
  against: /(?:反对|不同意)(?:票|的)?:?\s*(\d+)/,
  abstained: /弃权(?:票|的)?:?\s*(\d+)/,
} as const

function toResolution(file: string, lines: readonly string[]): Read {
  const found: Record<string, string> = {}
  const masked: MaskedCell[] = []
  const rest: string[] = []
  for (const [index, line] of lines.entries()) {
    if (line === '') continue
    const { text, masks } = maskPersonal(line)
    masked.push(...masks.map((mask) => ({ ...mask, sheet: '', row: index + 1, heading: say.minutes })))
    const [label = '', ...after] = text.split(':')
    const key =
      after.length > 0
        ? Object.entries(LABELS).find(([, matches]) => matches.test(label) && label.length <= 8)?.[0]
        : undefined
    if (key && found[key] === undefined) found[key] = after.join(':').trim()
    else rest.push(text)
  }
  const whole = rest.join('\n')
  const count = (matches: RegExp): number | null => {
    const number = matches.exec(whole)?.[1]
    return number === undefined ? null : Number(number)
  }
  const day = (text: string | undefined): string =>
    cellDate(/\d{4}\D\d{1,2}\D\d{1,2}日?/.exec(text ?? '')?.[0] ?? text) ?? ''
  const date = day(found.date)
  const resolution: Resolution = {
    code: found.code ?? (date && `JY-${date}`),
    date,
    meeting: found.meeting ?? '',
    topic: found.topic ?? rest.find((line) => /关于.+(?:决议|决定)/.test(line)) ?? '',
    expected: count(PEOPLE.expected),
    present: count(PEOPLE.present),
    for: count(PEOPLE.for),
    against: count(PEOPLE.against),
    abstained: count(PEOPLE.abstained),
    content: whole,
    shownOn: day(found.shownOn),
  }
  const errors = (['date', 'topic'] as const)
    .filter((key) => resolution[key] === '')
    .map((key) => fault(say.minutesLack(file, say.minutesFields[key]), 0, say.minutesFields[key]))
  if (whole === '') errors.push(fault(say.emptyFile(file)))
  return { records: errors.length > 0 ? [] : [resolutionDraft(resolution)], errors, notes: [], masked }
}
