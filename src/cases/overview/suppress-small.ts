/** Small cells of a table are hidden, and enough others with them that none can be worked out from the sum. */

/** A cell below this could point at somebody. */
export const SMALL = 5

/**
 * @param counts cells of one table; their sum is known to the reader
 * @returns which cells to hide; `total`: the sum too, when the whole table is small
 */
export function hideSmall(counts: readonly number[]): { hidden: boolean[]; total: boolean } {
  const sum = counts.reduce((all, count) => all + count, 0)
  const hidden = counts.map((count) => count > 0 && count < SMALL)
  if (sum > 0 && sum < SMALL) return { hidden: counts.map((count) => count > 0), total: true }
  if (!hidden.includes(true)) return { hidden, total: false }
  // What is hidden together must be two cells at least, and not small itself.
  const byCount = counts.map((count, index) => ({ count, index })).toSorted((a, b) => a.count - b.count)
  for (const { count, index } of byCount) {
    const together = counts.filter((_, at) => hidden[at])
    if (together.length > 1 && together.reduce((all, one) => all + one, 0) >= SMALL) break
    if (count > 0) hidden[index] = true
  }
  return { hidden, total: counts.every((count, index) => count === 0 || hidden[index]) && sum < SMALL }
}
