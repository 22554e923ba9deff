/** Loads the intent files, trains or reads the models, and takes edits while running. */
import { watch as watchFolder, type FSWatcher } from 'node:fs'
import type { Embeddings } from '../../infrastructure/embeddings.ts'
import { readIntentFiles, type IntentSet } from './intent-files.ts'
import { getModels, versionOf, type Models } from './train.ts'
import type { Refusal, UnderstandContext, Understander, Understanding } from './types.ts'
import { createSecondOpinion, SURE_ALONE } from './second-opinion.ts'
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

export type LoadedUnderstander = Understander & {
  /** Ends the watching. */
  close(): void
  /** Reads the files again now; resolves when the result is in force. */
  reload(): Promise<void>
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
    const nextVersion = versionOf(next)
    if (nextVersion === version) return
    models = await getModels(next, nextVersion, options.cacheDir)
    set = next
    version = nextVersion
    // Beside the work: until it is done, and when it fails, words alone decide.
    learning = opinion?.learn(next).catch(() => undefined) ?? learning
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

  async function consider(text: string, context: UnderstandContext): Promise<Understanding> {
    const asked = models
    const first = understandText(text, context, asked)
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
    understand: (text, context) => understandText(text, context, models),
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
