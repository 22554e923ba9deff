/** Many single writes that arrive together become one round trip; each caller still learns the fate of its own. */

interface Waiting<Item, Result> {
  item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

/**
 * While one batch is being written the next gathers; so a lone write waits for nobody and a burst shares its cost.
 * @param write takes 1 to `max` items; gives a result for each, in order; a thrown error fails the whole batch
 * @returns a function that writes one item
 */
export function groupCommit<Item, Result>(
  write: (items: Item[]) => Promise<Result[]>,
  options: { max: number; parallel: number },
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = []
  let running = 0
  let scheduled = false

  const pump = (): void => {
    scheduled = false
    while (running < options.parallel && waiting.length > 0) {
      const batch = waiting.splice(0, options.max)
      running += 1
      write(batch.map(({ item }) => item))
        .then(
          (results) => batch.forEach(({ resolve }, index) => resolve(results[index] as Result)),
          (error: unknown) => batch.forEach(({ reject }) => reject(error)),
        )
        .finally(() => {
          running -= 1
          pump()
        })
    }
  }

  return async (item) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (scheduled) return
      scheduled = true
      // After the I/O of this turn: requests that came in together are written together.
      setImmediate(pump)
    })
}
