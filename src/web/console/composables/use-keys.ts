/** Keys of the console. They rest while somebody writes, chooses or has a dialog before them. */
import { onScopeDispose, ref } from 'vue'

const helpOpen = ref(false)

export const KEYS: readonly { key: string; what: string }[] = [
  { key: 'j', what: '下一件' },
  { key: 'k', what: '上一件' },
  { key: '回车', what: '打开选中的事项' },
  { key: 'r', what: '写答复' },
  { key: '/', what: '搜索' },
  { key: '?', what: '看这张表' },
]

const WRITING = 'input, textarea, select, [contenteditable], [role="combobox"], [role="dialog"]'

/** A closed dialog may stay in the document. */
const dialogIsOpen = (): boolean =>
  [...document.querySelectorAll('.el-overlay-dialog')].some((dialog) => dialog.getClientRects().length > 0)

function move(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-testid="case-row"]')]
  const at = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement))
  const current = at >= 0 ? at : rows.findIndex((row) => row.getAttribute('aria-current') === 'true')
  const next = rows[current < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, current + step))]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

const focusOn = (selector: string): boolean => {
  const found = document.querySelector<HTMLElement>(selector)
  found?.scrollIntoView({ block: 'center' })
  found?.focus()
  return found !== null
}

const actions: Record<string, () => boolean> = {
  j: () => (move(1), true),
  k: () => (move(-1), true),
  r: () => focusOn('[data-reply] textarea'),
  '/': () => focusOn('input[data-search]'),
  '?': () => (helpOpen.value = true),
}

export function useKeys() {
  function listen(): void {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      if ((event.target as HTMLElement).closest?.(WRITING) || dialogIsOpen()) return
      // A full-width question mark comes from a Chinese keyboard.
      const action = actions[event.key === '？' ? '?' : event.key]
      if (action?.()) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    onScopeDispose(() => window.removeEventListener('keydown', onKey))
  }
  return { helpOpen, listen }
}
