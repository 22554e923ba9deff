/** Chinese text with Chinese signs: however a sentence was put together, it leaves with ，：；？！（） where people expect them. */
import type { Reply } from './channel.ts'

const FULL: Readonly<Record<string, string>> = {
  ',': '，',
  ':': '：',
  ';': '；',
  '?': '？',
  '!': '！',
  '(': '（',
  ')': '）',
}

/** Characters that make what stands beside them Chinese. */
const CHINESE = String.raw`\p{Script=Han}“”《》「」、。，：；？！（）…`

const AFTER = new RegExp(`(?<=[${CHINESE}])[,:;?!()]`, 'gu')
const BEFORE = new RegExp(`[,;?!()](?=[${CHINESE}])`, 'gu')

/** Figures (86,400), times (8:30) and addresses (http://…) keep their signs. */
export function toChinesePunctuation(text: string): string {
  return text
    .split(/(https?:\/\/[^\s，。；）]+)/u)
    .map((part, index) => (index % 2 === 1 ? part : convert(part)))
    .join('')
}

/** One sign may make its neighbour Chinese, so it is done until nothing changes: at most a few times. */
function convert(text: string): string {
  const once = text.replaceAll(AFTER, (sign) => FULL[sign] ?? sign).replaceAll(BEFORE, (sign) => FULL[sign] ?? sign)
  return once === text ? text : convert(once)
}

/** The same for all that is read of a reply. */
export function punctuate(reply: Reply): Reply {
  const { text, short, card, choices } = reply
  return {
    text: toChinesePunctuation(text),
    ...(short !== undefined && { short: toChinesePunctuation(short) }),
    ...(choices && { choices: choices.map(toChinesePunctuation) }),
    ...(card && {
      card: {
        ...card,
        title: toChinesePunctuation(card.title),
        ...(card.figure !== undefined && { figure: toChinesePunctuation(card.figure) }),
        ...(card.rows && {
          rows: card.rows.map(({ label, value }) => ({
            label: toChinesePunctuation(label),
            value: toChinesePunctuation(value),
          })),
        }),
      },
    }),
  }
}
