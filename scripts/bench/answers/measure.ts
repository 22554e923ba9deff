/** Milliseconds that one question takes, one after another. */
export interface Cost {
  p50: number
  p99: number
  asked: number
}

/** @param seconds measured, after a second of warming up; questions are not repeated unless there are too few of them */
export async function measure(
  questions: readonly string[],
  seconds: number,
  ask: (text: string) => unknown,
): Promise<Cost> {
  let next = 0
  for (const until = performance.now() + 1_000; performance.now() < until;)
    await ask(questions[next++ % questions.length]!)
  const times: number[] = []
  for (const until = performance.now() + seconds * 1_000; performance.now() < until;) {
    const started = performance.now()
    await ask(questions[next++ % questions.length]!)
    times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  const at = (share: number): number =>
    Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 1_000) / 1_000
  return { p50: at(0.5), p99: at(0.99), asked: times.length }
}
