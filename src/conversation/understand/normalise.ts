/** The first step of understanding: one way of writing for everything that can be written in several. */
import { correctByEar } from './homophones.ts'
import { Converter } from 'opencc-js/t2cn'

/** Characters that are read of one message. */
export const READ_LIMIT = 2000

const toSimplified = Converter({ from: 't', to: 'cn' })

/** WeChat's quotation of an earlier message: 「name: text」, a line of dashes, then the reply. */
const quotation = /^\s*[「"][^」]{0,1500}[」"]\s*\n[-—– ]{5,}\n/u
/** @name followed by WeChat's separator U+2005 or another space. */
const mention = /@[^\s@\u2005]{1,24}[\u2005\s]+/gu
const trailingMention = /\s@[^\s@\u2005]{1,24}\s*$/u
const script = /<(script|style)\b[^>]{0,200}>[\s\S]{0,2000}?<\/\1>/giu
const tag = /<\/?[a-z!][^<>]{0,300}>/giu
const entities: Record<string, string> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"' }
const emojiWords: Record<string, string> = {
  '👍': '赞',
  '👌': '好的',
  '🙏': '谢谢',
  '🌹': '谢谢',
  '❤': '谢谢',
  '👎': '差评',
}

/**
 * Width (NFKC), traditional to simplified, WeChat mention and quotation, HTML, control characters, emoji (a few become
 * words, the rest go), runs of one character (digits excepted), words written by ear. Reads the first 2,000 characters.
 * @returns the text; empty when nothing readable is in it. Never throws, whatever it is given.
 */
export function normalise(text: string): string {
  if (typeof text !== 'string' || text === '') return ''
  let out = text.slice(0, READ_LIMIT * 2)
  if (out.includes('<')) out = out.replace(script, ' ').replace(tag, ' ')
  if (out.includes('&')) out = out.replace(/&(nbsp|amp|lt|gt|quot);/gu, (_, name: string) => entities[name] ?? ' ')
  out = out.replace(/\r\n?/gu, '\n').replace(quotation, '').replace(mention, '').replace(trailingMention, '')
  out = out.slice(0, READ_LIMIT).normalize('NFKC')
  out = out.replace(/\p{Extended_Pictographic}/gu, (sign) => emojiWords[sign] ?? ' ')
  out = out.replace(/[\t\u2000-\u200a\u3000]/gu, ' ').replace(/[^\P{C}\n]|\p{M}/gu, '')
  out = out.replace(/([^\d\s])\1{2,}/gu, (run, sign: string) =>
    /[\p{P}\p{S}]/u.test(sign) ? sign : run.slice(0, sign.length * 2),
  )
  out = toSimplified(out.slice(0, READ_LIMIT)).replace(/帐/gu, '账')
  out = out
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/\s*\n\s*/gu, '\n')
    .trim()
  return correctByEar(out)
}
