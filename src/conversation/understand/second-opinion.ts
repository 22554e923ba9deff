/** Where words leave the intent open, the meaning of the text is asked: vectors from an embeddings endpoint, classified. */
import type { Embeddings } from '../../infrastructure/embeddings.ts'
import { trainDense, type DenseModel } from './dense-model.ts'
import type { IntentSet } from './intent-files.ts'
import { normalise } from './normalise.ts'

export interface SecondOpinion {
  /** Probability of each intent in the order of the set, or null: not ready, or the endpoint does not answer. */
  ask(text: string): Promise<Float32Array | null>
  /** Learns from the examples of a set; until it is done `ask` gives null. Asks the endpoint for what it has not seen before. */
  learn(set: IntentSet): Promise<void>
}

/** Surer than this, the words decide alone: the endpoint is asked for about one message in three. */
export const SURE_ALONE = 0.8
/** How much the meaning counts beside the words. */
const SHARE = 0.4
/** The two err in different places, so that together they are surer than their mean: fitted on texts of neither. */
const SHARPNESS = 1.25
/** Longer texts are stories: their words say more than one vector of them. */
const LONGEST = 200

export function createSecondOpinion(embeddings: Embeddings): SecondOpinion {
  let model: DenseModel | null = null
  let learning = 0
  return {
    async ask(text) {
      if (!model || text.length > LONGEST) return null
      const vector = await embeddings.query(text)
      return vector && model ? model.probabilities(vector) : null
    },
    async learn(set) {
      const turn = ++learning
      model = null
      const examples = [...set.intents.values()].flatMap((file, label) =>
        file.examples.map((text) => ({ text: normalise(text), label })),
      )
      const vectors = await embeddings.keep(
        'query',
        examples.map(({ text }) => text),
      )
      // The files were edited meanwhile: the newer learning counts.
      if (!vectors || turn !== learning) return
      const learnt = await trainDense(
        examples.map(({ label }, at) => ({ vector: vectors[at]!, label })),
        set.intents.size,
      )
      if (turn === learning) model = learnt
    },
  }
}

/** The weighted geometric mean of what the words say and what the meaning says. Both in the same order; sums to 1. */
export function weighOpinions(words: Float32Array, meaning: Float32Array): Float32Array {
  const out = words.map((value, at) => ((value + 1e-6) ** (1 - SHARE) * (meaning[at]! + 1e-6) ** SHARE) ** SHARPNESS)
  const sum = out.reduce((a, b) => a + b, 0)
  return out.map((value) => value / sum)
}
