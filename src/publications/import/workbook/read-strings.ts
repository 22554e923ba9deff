/** Texts that the cells of a workbook share, in their order. */
import type { Readable } from 'node:stream'
import { MAX_CELL, MAX_CHARACTERS, refusedFile } from '../limits.ts'
import { importReplies as say } from '../replies.ts'
import { parseXml } from './parse-xml.ts'

/** Runs of a text with several formats are joined; readings printed above characters (rPh) are left out. @throws DomainError import_invalid when they are too many */
export async function readStrings(file: string, stream: Readable): Promise<string[]> {
  const strings: string[] = []
  let characters = 0
  let text = ''
  let inText = false
  let inReading = false
  await parseXml(stream, {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 't') inText = true
      else if (name === 'rPh') inReading = true
    },
    text(part) {
      if (inText && !inReading && text.length < MAX_CELL) text += part
    },
    close(name) {
      if (name === 'si') {
        strings.push(text)
        characters += text.length + 1
        if (characters > MAX_CHARACTERS) throw refusedFile(say.tooManyCells(file))
      } else if (name === 't') inText = false
      else if (name === 'rPh') inReading = false
    },
  })
  return strings
}
