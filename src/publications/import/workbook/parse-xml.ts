/** XML as a stream of elements. Document types are refused: no workbook has one, and entities are how XML is made to explode. */
import { StringDecoder } from 'node:string_decoder'
import type { Readable } from 'node:stream'
import sax from 'sax'
import type { Tag } from 'sax'

export interface XmlHandlers {
  /** Local name, without its prefix. */
  open?(name: string, attributes: Record<string, string>): void
  text?(text: string): void
  close?(name: string): void
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/**
 * @throws whatever a handler throws; Error when it is not well formed
 */
export async function parseXml(stream: Readable, handlers: XmlHandlers): Promise<void> {
  const decoder = new StringDecoder('utf8')
  const parser = sax.parser(true)
  parser.ondoctype = () => {
    throw new Error('a document type')
  }
  parser.onerror = (error) => {
    throw error
  }
  parser.onopentag = (tag) => handlers.open?.(localName(tag.name), (tag as Tag).attributes)
  parser.onclosetag = (name) => handlers.close?.(localName(name))
  parser.ontext = (text) => handlers.text?.(text)
  parser.oncdata = (text) => handlers.text?.(text)
  try {
    for await (const chunk of stream) parser.write(decoder.write(chunk as Buffer))
    parser.write(decoder.end()).close()
  } finally {
    stream.destroy()
  }
}
