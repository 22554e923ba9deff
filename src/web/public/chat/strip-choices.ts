/** Leaves out the numbered lines of a text that are shown as buttons below it. */
export function stripChoices(text: string, choices: readonly string[]): string {
  const shown = new Set(choices.map(squeeze))
  return text
    .split('\n')
    .filter((line) => !shown.has(squeeze(line.replace(/^\s*(?:\d{1,2}|[一二三四五六七八九十])\s*[.、,:)).]?\s*/u, ''))))
    .join('\n')
    .trim()
}

const squeeze = (text: string): string => text.replace(/\s+/g, '').replace(/[。;;]$/, '')
