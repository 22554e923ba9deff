/** Was the bot spoken to? Over gRPC Wechaty's own answer is often wrong, so the text is read as well as the ids. */

/** After “@name” clients put a four-per-em space, an ordinary one, or nothing. */
const GAP = '[\\u2005\\u00a0 \\t]*'

/** “「who:what」 - - - - -”: a quoted message; the bot's name in it is not a mention. */
const QUOTE = /^「[\s\S]*?」\s*\n?[-—\s]{3,}\n?/

export interface Mention {
  /** The bot was named. */
  addressed: boolean
  /** Somebody else was named, and the bot was not. */
  others: boolean
  /** The text without quotes and without the bot's name. */
  text: string
}

/**
 * @param ids contact ids that the puppet says were mentioned; announcement@all is nobody
 * @param names the bot's nickname and its alias in this room
 */
export function readMention(text: string, ids: readonly string[], selfId: string, names: readonly string[]): Mention {
  const own = text.replace(QUOTE, '')
  const called = [...new Set(names.filter((name) => name !== ''))].toSorted((a, b) => b.length - a.length)
  let rest = own
  let named = false
  for (const name of called) {
    const pattern = new RegExp(`[@@]${escape(name)}${GAP}`, 'gu')
    if (pattern.test(rest)) named = true
    rest = rest.replace(pattern, '')
  }
  const addressed = named || ids.includes(selfId)
  const others = ids.some((id) => id !== selfId && id !== 'announcement@all') || /[@@](?!所有人)[^\s@@]/u.test(rest)
  return { addressed, others: others && !addressed, text: rest.trim() }
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
