/** Loads the intent files, trains or reads the models, and takes edits while running. */
import { watch as watchFolder, type FSWatcher } from 'node:fs'
import type { Embeddings } from '../../infrastructure/embeddings.ts'
import { readIntentFiles, type IntentSet } from './intent-files.ts'
import { getModels, versionOf, type Models } from './train.ts'
import type { Refusal, UnderstandContext, Understander, Understanding } from './types.ts'
import { createSecondOpinion, SURE_ALONE } from './second-opinion.ts'
import { normalise } from './normalise.ts'
import { rankDepartments, understandText } from './understand.ts'

export interface LoadOptions {
  /** Told of files that were not taken; their last good content stays in force. */
  onRefused?(errors: Refusal[]): void
  /** Told when an edit is in force. */
  onChanged?(version: string): void
  /** Take edits while running. Default false. */
  watch?: boolean
  /** Folder for trained weights, so that the next start takes milliseconds. Default: none kept. */
  cacheDir?: string
  /** Milliseconds of quiet after an edit before it is read. Default 250. */
  debounceMs?: number
  /** Asked for the meaning where the words leave it open. Default: words alone decide. */
  embeddings?: Embeddings | null
}

export interface Correction {
  text: string
  /** Code of an intent file. */
  intent: string
}

export type LoadedUnderstander = Understander & {
  /** Ends the watching. */
  close(): void
  /** Reads the files again now; resolves when the result is in force. */
  reload(): Promise<void>
  /**
   * What messages were said to mean: the same words at once, what is like them when training is done, seconds later.
   * Takes the place of all earlier corrections.
   */
  correct(corrections: readonly Correction[]): Promise<void>
  /** Resolves when meanings are asked for, or when the endpoint failed to teach them. */
  learnt(): Promise<void>
}

/**
 * @param intentsDir folder of one YAML file an intent, and departments.yaml
 * @throws Error when no intent file could be read
 */
export async function loadUnderstander(intentsDir: string, options: LoadOptions = {}): Promise<LoadedUnderstander> {
  let set: IntentSet | undefined
  let models!: Models
  let version = ''
  let corrections: readonly Correction[] = []
  let meant = new Map<string, string>()
  let running: Promise<void> = Promise.resolve()
  const opinion = options.embeddings ? createSecondOpinion(options.embeddings) : null
  let learning: Promise<void> = Promise.resolve()

  async function read(): Promise<void> {
    const { set: next, refused } = await readIntentFiles(intentsDir, set)
    if (refused.length > 0) options.onRefused?.(refused)
    if (next.intents.size === 0) {
      if (!set) throw new Error(`no intent files in ${intentsDir}`)
      return
    }
    const taught = withCorrections(next, corrections)
    const nextVersion = versionOf(taught)
    if (nextVersion === version) return
    models = await getModels(taught, nextVersion, options.cacheDir)
    set = next
    version = nextVersion
    // Beside the work: until it is done, and when it fails, words alone decide.
    learning = opinion?.learn(taught).catch(() => undefined) ?? learning
    options.onChanged?.(version)
  }
  const reload = (): Promise<void> => (running = running.catch(() => undefined).then(read))
  await reload()

  let timer: NodeJS.Timeout | undefined
  let watcher: FSWatcher | undefined
  if (options.watch) {
    watcher = watchFolder(intentsDir, { persistent: false }, () => {
      clearTimeout(timer)
      timer = setTimeout(
        () =>
          void reload().catch((error: Error) =>
            options.onRefused?.([{ file: intentsDir, line: 1, reason: error.message }]),
          ),
        options.debounceMs ?? 250,
      )
      timer.unref()
    })
    watcher.on('error', () => watcher?.close())
  }

  const understand = (text: string, context: UnderstandContext): Understanding => {
    const understood = understandText(text, context, models)
    const code = meant.get(keyOf(understood.text))
    return code !== undefined && !understood.danger && context.expecting === undefined
      ? asMeant(understood, code)
      : understood
  }

  async function consider(text: string, context: UnderstandContext): Promise<Understanding> {
    const asked = models
    const first = understand(text, context)
    const open = first.byRule ? [] : first.segments.filter(({ intent }) => intent.confidence < SURE_ALONE)
    if (!opinion || open.length === 0) return first
    const opinions = new Map<string, Float32Array>()
    await Promise.all(
      open.map(async (segment) => {
        const said = await opinion.ask(segment.text)
        if (said) opinions.set(segment.text, said)
      }),
    )
    return opinions.size > 0 && asked === models ? understandText(text, context, asked, opinions) : first
  }

  return {
    understand,
    async correct(next) {
      corrections = next
      meant = new Map(next.map(({ text, intent }) => [keyOf(normalise(text)), intent]))
      // The words themselves are in force now; what is like them follows.
      void reload().catch(() => undefined)
    },
    consider,
    learnt: async () => learning,
    classifyDepartment: (text) => rankDepartments(text, models.departments),
    get version() {
      return version
    },
    reload,
    close() {
      clearTimeout(timer)
      watcher?.close()
    },
  }
}

const keyOf = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '')

function asMeant(understood: Understanding, code: string): Understanding {
  const intent = { code, confidence: 1 }
  return {
    ...understood,
    intents: [intent, ...understood.intents.filter((other) => other.code !== code)],
    segments: [{ text: understood.text, intent, slots: understood.slots }],
    sure: true,
    byRule: true,
  }
}

/** The files' examples with the corrected messages among those of what they mean. */
function withCorrections(set: IntentSet, corrections: readonly Correction[]): IntentSet {
  if (corrections.length === 0) return set
  const intents = new Map(set.intents)
  for (const { text, intent } of corrections) {
    const file = intents.get(intent)
    if (file) intents.set(intent, { ...file, examples: [...file.examples, text] })
  }
  return { ...set, intents }
}
