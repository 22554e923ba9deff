/** Prints a score for people, or as one JSON object. */
import type { Score } from './score.ts'

export function printScore(score: Score, args: string[]): void {
  if (args.includes('--json')) {
    console.log(JSON.stringify(score))
    return
  }
  const percent = (value: number): string => `${(value * 100).toFixed(1)}%`
  console.log(
    `n ${score.n}   accuracy ${percent(score.accuracy)}   macro-F1 ${score.macroF1.toFixed(3)}   calibration error ${score.calibrationError.toFixed(3)}`,
  )
  console.log('\ncode                              n  precision  recall     F1')
  for (const [code, { n, precision, recall, f1 }] of Object.entries(score.perCode)) {
    console.log(
      `${code.padEnd(30)}${String(n).padStart(5)}${percent(precision).padStart(11)}${percent(recall).padStart(8)}${f1.toFixed(2).padStart(7)}`,
    )
  }
  const confusions = new Map<string, number>()
  for (const { expected, got } of score.failures) {
    const key = `${expected} → ${got}`
    confusions.set(key, (confusions.get(key) ?? 0) + 1)
  }
  console.log('\nconfusions')
  for (const [key, count] of [...confusions].toSorted((a, b) => b[1] - a[1]).slice(0, 40))
    console.log(`${String(count).padStart(5)}  ${key}`)
  console.log('\nfailures')
  for (const { expected, got, confidence, text } of score.failures)
    console.log(`${expected} → ${got} ${confidence.toFixed(2)}  ${text.slice(0, 80).replaceAll('\n', ' ')}`)
}
