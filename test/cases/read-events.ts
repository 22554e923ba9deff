/** Reads server-sent events of the console until one is as wished. */
export async function readEvents(base: string, cookie: string) {
  const controller = new AbortController()
  const response = await fetch(`${base}/api/console/stream`, { headers: { cookie }, signal: controller.signal })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  const seen: string[] = []
  const waiting = new Set<() => void>()
  const pump = (async () => {
    let buffer = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      buffer += value
      const blocks = buffer.split('\n\n')
      buffer = blocks.pop() ?? ''
      seen.push(...blocks.filter((block) => block.includes('event: ')))
      for (const wake of waiting) wake()
      waiting.clear()
    }
  })().catch(() => undefined)
  return {
    seen,
    /** Waits for the event; the test's own time limit ends a vain wait. */
    async until(wished: (event: string) => boolean): Promise<void> {
      while (!seen.some(wished))
        await new Promise<void>((resolve) => {
          waiting.add(() => resolve())
        })
    },
    async close() {
      controller.abort()
      await pump
    },
  }
}
