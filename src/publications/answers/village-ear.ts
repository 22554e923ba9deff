/** A village's own names, heard though they are typed as another word: 磨房 for the 磨坊 of its contracts. */
import { createEar, cutWords } from '../../conversation/index.ts'
import type { Ear } from '../../conversation/index.ts'
import type { Catalogue } from '../catalogue.ts'

const ears = new WeakMap<Catalogue, Ear>()
/** Beyond this many names sounds coincide too often to say what was meant. */
const MOST_WORDS = 3_000

/** @returns the text, of the same length */
export function hearVillage(text: string, catalogue: Catalogue): string {
  let ear = ears.get(catalogue)
  if (!ear) ears.set(catalogue, (ear = createEar(wordsOf(catalogue), false)))
  return ear.correct(text)
}

function wordsOf(catalogue: Catalogue): string[] {
  const names = [
    ...catalogue.of('project').flatMap(({ data }) => [data.name, ...data.aliases]),
    ...catalogue.of('contract').flatMap(({ data }) => [data.subject, ...data.aliases]),
    ...catalogue.of('asset').map(({ data }) => data.name),
    ...catalogue.of('resource').map(({ data }) => data.name),
  ]
  const words = new Set(
    names.flatMap((name) => [name, ...cutWords(name)]).filter((word) => /^\p{Script=Han}{2,6}$/u.test(word)),
  )
  return words.size > MOST_WORDS ? [] : [...words]
}
