/** What was learned when somebody put a routing right: later texts like it lean to the department that was chosen. */
import { overlap, tellingPairs } from '../likeness.ts'
import type { StoredLesson } from '../model.ts'

/** Such texts share at least so much of what tells. */
const ALIKE = 0.4
/** One lesson outweighs a guess, not a certainty that says otherwise twice. */
const LEARNED = 0.9

/** Only keyed hashes are kept: the words cannot be read back from them. */
export const marksOf = (text: string, hash: (pair: string) => string): string[] =>
  [...tellingPairs(text)].map((pair) => hash(pair).slice(0, 12)).toSorted()

/** @param ranked departments by content, best first */
export function leanOn(
  lessons: readonly Pick<StoredLesson, 'marks' | 'department'>[],
  marks: readonly string[],
  ranked: readonly { code: string; confidence: number }[],
): { ranked: { code: string; confidence: number }[]; learned: string | null } {
  const own = new Set(marks)
  let best: { department: string; share: number } | null = null
  for (const lesson of lessons) {
    const share = overlap(new Set(lesson.marks), own)
    if (share >= ALIKE && (!best || share > best.share)) best = { department: lesson.department, share }
  }
  if (!best || ranked[0]?.code === best.department) return { ranked: [...ranked], learned: null }
  const { department } = best
  return {
    ranked: [{ code: department, confidence: LEARNED }, ...ranked.filter(({ code }) => code !== department)],
    learned: department,
  }
}
