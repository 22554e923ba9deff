/** Scores predictions against labels that may be of any depth: `a|b` either is right, `a+b` the message holds both. */
export interface Prediction {
  text: string
  expected: string
  /** Every code found in the text, the main one first. */
  found: { code: string; confidence: number }[]
}

export interface Score {
  n: number
  accuracy: number
  macroF1: number
  perCode: Record<string, { n: number; precision: number; recall: number; f1: number }>
  /** Expected calibration error over ten bins. */
  calibrationError: number
  failures: { text: string; expected: string; got: string; confidence: number }[]
}

/** A finer code counts as its parent where only the parent is asked for. */
export const matches = (code: string, label: string): boolean => code === label || code.startsWith(`${label}.`)

/** Is the prediction right? `a+b` needs both among the codes found; else the main code decides. */
export function isRight({ expected, found }: Prediction): boolean {
  return expected.split('|').some((option) => {
    const parts = option.split('+').map((part) => part.trim())
    if (parts.length === 1) return found[0] !== undefined && matches(found[0].code, parts[0]!)
    return parts.every((part) => found.some(({ code }) => matches(code, part)))
  })
}

/** The code at the depth of the labels, so that confusions are counted among equals. */
function level(code: string, labels: Set<string>): string {
  return [...labels].filter((label) => matches(code, label)).toSorted((a, b) => b.length - a.length)[0] ?? code
}

export function scorePredictions(predictions: Prediction[]): Score {
  const labels = new Set(predictions.flatMap(({ expected }) => expected.split(/[|+]/u).map((part) => part.trim())))
  const counts = new Map<string, { n: number; right: number; predicted: number }>()
  const count = (code: string): { n: number; right: number; predicted: number } => {
    let entry = counts.get(code)
    if (!entry) counts.set(code, (entry = { n: 0, right: 0, predicted: 0 }))
    return entry
  }
  const bins = Array.from({ length: 10 }, () => ({ n: 0, confidence: 0, right: 0 }))
  const failures: Score['failures'] = []
  let right = 0
  for (const prediction of predictions) {
    const main = prediction.found[0] ?? { code: 'none', confidence: 0 }
    const hit = isRight(prediction)
    const wanted = hit ? rightLabel(prediction) : prediction.expected.split(/[|+]/u)[0]!.trim()
    count(wanted).n++
    count(hit ? wanted : level(main.code, labels)).predicted++
    if (hit) {
      right++
      count(wanted).right++
    } else {
      const got = prediction.found
        .map(({ code }) => code)
        .slice(0, 3)
        .join('+')
      failures.push({ text: prediction.text, expected: prediction.expected, got, confidence: round(main.confidence) })
    }
    const bin = bins[Math.min(9, Math.floor(main.confidence * 10))]!
    bin.n++
    bin.confidence += main.confidence
    bin.right += hit ? 1 : 0
  }
  const perCode: Score['perCode'] = {}
  for (const [code, { n, right: hits, predicted }] of [...counts].toSorted(([a], [b]) => a.localeCompare(b))) {
    if (n === 0) continue
    const precision = predicted > 0 ? hits / predicted : 0
    const recall = hits / n
    perCode[code] = {
      n,
      precision: round(precision),
      recall: round(recall),
      f1: round(precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0),
    }
  }
  const f1s = Object.values(perCode).map(({ f1 }) => f1)
  const n = predictions.length
  return {
    n,
    accuracy: round(n > 0 ? right / n : 0),
    macroF1: round(f1s.length > 0 ? f1s.reduce((sum, f1) => sum + f1, 0) / f1s.length : 0),
    perCode,
    calibrationError: round(bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / Math.max(1, n)),
    failures,
  }
}

function rightLabel({ expected, found }: Prediction): string {
  const options = expected.split('|').map((option) => option.trim())
  return (options.find((option) => isRight({ text: '', expected: option, found })) ?? options[0]!).split('+')[0]!.trim()
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000
