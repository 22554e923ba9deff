const WAIT_MS = 8000
const LOOK_MS = 100

/** Says something, then waits for what comes back. @param look gives everything heard since the start */
export async function untilHeard<T>(look: (after: number) => Promise<T[]>, say: () => Promise<unknown>): Promise<T[]> {
  const before = (await look(0)).length
  await say()
  const until = Date.now() + WAIT_MS
  let heard: T[] = []
  while (heard.length === 0 && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    heard = await look(before)
  }
  return heard
}

/** @throws when nothing listens there: npm start is not running */
export async function getJson<T>(url: string): Promise<T> {
  try {
    return (await (await fetch(url)).json()) as T
  } catch {
    throw new Error('连不上:先在另一个终端运行 npm start。')
  }
}
