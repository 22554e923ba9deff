/** From intent files to models: training, calibration on held-out examples, a cache on disk by content. */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { extractFeatures, type FeatureKind } from './features.ts'
import type { IntentSet } from './intent-files.ts'
import { departmentConcepts } from './department-lexicon.ts'
import { concepts, dialect } from './lexicon.ts'
import {
  fitSharpness,
  LinearModel,
  trainModel,
  type ModelParts,
  type Sample,
  type TrainOptions,
} from './linear-model.ts'
import { normalise } from './normalise.ts'

/** A model with the names of its classes. */
export interface Classifier {
  codes: string[]
  model: LinearModel
}

/** Raise when features or training change: cached weights of another kind are of no use. */
const MODEL_FORMAT = 7

/** Examples by code, as samples; each may have variants of itself in the same group. */
export function toSamples(
  examples: [code: string, texts: string[]][],
  kind: FeatureKind = 'intent',
): { codes: string[]; samples: Sample[] } {
  const codes = examples.map(([code]) => code)
  const samples: Sample[] = []
  let group = 0
  for (const [label, [, texts]] of examples.entries()) {
    for (const text of texts) {
      const plain = normalise(text)
      if (plain !== '') samples.push({ features: extractFeatures(plain, kind), label, group })
      group++
    }
  }
  return { codes, samples }
}

/** Trains with calibration: a fifth of the groups is held out once to fit the probabilities, then all is used. */
export async function trainClassifier(
  examples: [code: string, texts: string[]][],
  options: TrainOptions & { kind?: FeatureKind } = {},
): Promise<Classifier> {
  const { codes, samples } = toSamples(examples, options.kind)
  const held = samples.filter((sample) => sample.group % 5 === 2)
  const first = await trainModel(
    samples.filter((sample) => sample.group % 5 !== 2),
    codes.length,
    { ...options, passes: 5 },
  )
  const sharpness = fitSharpness(held.map((sample) => ({ scores: first.scores(sample.features), label: sample.label })))
  const model = await trainModel(samples, codes.length, options)
  model.sharpness = sharpness
  return { codes, model }
}

/** Content hash of everything that the models depend on. */
export function versionOf(set: IntentSet): string {
  const hash = createHash('sha256').update(JSON.stringify([MODEL_FORMAT, dialect, concepts, departmentConcepts]))
  for (const [code, file] of set.intents) hash.update(JSON.stringify([code, file.examples]))
  hash.update(JSON.stringify(set.departments))
  return hash.digest('hex').slice(0, 16)
}

export interface Models {
  intents: Classifier
  departments: Classifier | null
}

/** Models for a set: from the cache when there, else trained (about two seconds) and cached. */
export async function getModels(set: IntentSet, version: string, cacheDir: string | undefined): Promise<Models> {
  const file = cacheDir && join(cacheDir, `understand-${version}.bin`)
  const cached = file ? await readCache(file) : null
  if (cached) return cached
  const intents = await trainClassifier([...set.intents].map(([code, { examples }]) => [code, examples]))
  const departments = set.departments
    ? await trainClassifier(
        Object.entries(set.departments.departments).map(([code, { examples }]) => [code, examples]),
        { kind: 'department' },
      )
    : null
  const models = { intents, departments }
  if (file) await writeCache(cacheDir, file, models)
  return models
}

function pack({ codes, model }: Classifier): unknown {
  return { codes, ...model.toParts() }
}

function unpack(value: unknown): Classifier {
  const { codes, ...parts } = value as ModelParts & { codes: string[] }
  return { codes, model: new LinearModel(parts) }
}

/** Unreadable or missing: trained anew. */
async function readCache(file: string): Promise<Models | null> {
  try {
    const value = deserialize(await readFile(file)) as { intents: unknown; departments: unknown }
    return { intents: unpack(value.intents), departments: value.departments ? unpack(value.departments) : null }
  } catch {
    return null
  }
}

/** A cache that cannot be written costs time at the next start, nothing else. */
async function writeCache(folder: string, file: string, models: Models): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    const part = `${file}.${process.pid}`
    await writeFile(
      part,
      serialize({ intents: pack(models.intents), departments: models.departments && pack(models.departments) }),
    )
    await rename(part, file)
  } catch {
    return
  }
}
