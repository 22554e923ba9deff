/** Leaves out the numbered choices of a text that are shown as buttons below it, on lines of their own or one after the other. */
export function stripChoices(text: string, choices: readonly string[]): string {
  const shown = new Set(choices.map(squeeze))
  const lines = text.split('\n').filter((line) => !shown.has(squeeze(line.replace(NUMBER, ''))))
  const inline = choices
    .map((choice, index) => String.raw`${index + 1}\s*[.、:\uff0e\uff1a]?\s*${escape(choice)}`)
    .join(String.raw`[\s,;、\uff0c\uff1b]*`)
  // “回 1 匿名,2 实名;要改就说” becomes “要改就说”.
  const offered = new RegExp(String.raw`(?:回\s*(?:个?数字?)?\s*[:\uff1a]?\s*)?${inline}[;,\uff1b\uff0c]?`, 'u')
  return lines.join('\n').replace(offered, '').trim()
}

const NUMBER = /^\s*(?:\d{1,2}|[一二三四五六七八九十])\s*[.、,:)\uff0e\uff0c\uff1a\uff09]?\s*/u
const squeeze = (text: string): string => text.replace(/\s+/g, '').replace(/[。;\uff1b]$/, '')
const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
