/** @nlpjs with its Chinese package on the same examples, as its documentation sets it up. */
interface NlpjsManager {
  settings: Record<string, unknown>
  addLanguage(language: string): void
  addDocument(language: string, text: string, intent: string): void
  train(): Promise<void>
  process(language: string, text: string): Promise<{ intent: string }>
}

/** @returns a function from text to the intent that nlp.js finds (None when it finds none) */
export async function trainNlpjs(
  examples: { text: string; code: string }[],
): Promise<(text: string) => Promise<string>> {
  const core = (await load('@nlpjs/core')) as {
    containerBootstrap(): Promise<{ use(plugin: unknown): void; get(name: string): NlpjsManager }>
  }
  const { Nlp } = (await load('@nlpjs/nlp')) as { Nlp: unknown }
  const { LangZh } = (await load('@nlpjs/lang-zh')) as { LangZh: unknown }
  const container = await core.containerBootstrap()
  container.use(Nlp)
  container.use(LangZh)
  const manager = container.get('nlp')
  manager.settings['autoSave'] = false
  manager.settings['log'] = false
  manager.addLanguage('zh')
  for (const { text, code } of examples) manager.addDocument('zh', text, code)
  const log = console.log
  console.log = () => undefined
  await manager.train().finally(() => (console.log = log))
  return async (text) => (await manager.process('zh', text)).intent
}

/** These packages carry no types. */
const load = (name: string): Promise<unknown> => import(name)
