/** What a text says may be answered, in its order: 回“明细” gives 明细. Those that need more words (回“撤回”加查询码) are left out. */
export function replyHints(text: string): string[] {
  const found = [...text.matchAll(/回“([^”\s]{1,10})”(?!\s*[加并])/gu)].map(([, words]) => words!)
  return [...new Set(found)]
}

/** Splits off the lines that only say what may be answered: they come after the facts. */
export function splitHints(text: string): { facts: string; hints: string } {
  const lines = text.split('\n')
  const isHint = (line: string): boolean => replyHints(line).length > 0
  return {
    facts: lines
      .filter((line) => !isHint(line))
      .join('\n')
      .trim(),
    hints: lines.filter(isHint).join('\n').trim(),
  }
}
