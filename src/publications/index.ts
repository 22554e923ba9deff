/** What villages and the township published: import, answers with their sources, record pages. */
import type { AnsweredFigure, Capability, VocabularyEntry } from '../conversation/index.ts'
import type { Embeddings } from '../infrastructure/embeddings.ts'
import type { Services } from '../infrastructure/services.ts'
import type { Office, VillageName } from './answers/answer.ts'
import { cacheStore } from './cached-store.ts'
import { createCatalogues } from './catalogue.ts'
import { createDocumentSearch } from './documents/search.ts'
import { canonicalLines } from './import/assign.ts'
import { readTownshipFolder, readVillageFolder } from './import/read-folder.ts'
import { saveImport } from './import/save-import.ts'
import type { ImportResult } from './import/save-import.ts'
import { createPassageSearch } from './passages/passage-search.ts'
import { preparePublications } from './model.ts'
import type { AccountActor } from '../people/index.ts'
import { remindObligations } from './obligations/remind.ts'
import type { RemindDeps } from './obligations/remind.ts'
import { obligationRoutes } from './obligations/routes.ts'
import { createPages } from './pages/index.ts'
import { publicationRoutes } from './routes.ts'
import { findQuestioned } from './questioned.ts'
import type { QuestionedRecords } from './questioned.ts'
import type { PageData, PageQuery } from './schema.ts'
import type { Audit } from './submissions/audit.ts'
import { prepareSubmissions } from './submissions/model.ts'
import type { Signature, StoredSubmission } from './submissions/model.ts'
import { readSubmission } from './submissions/read-submission.ts'
import type { ReadSubmission, SubmissionInput } from './submissions/read-submission.ts'
import { submissionRoutes } from './submissions/routes.ts'
import { submit } from './submissions/submit.ts'
import { publicationSkills } from './skills.ts'
import { createStore } from './store.ts'
import { vocabularyOf } from './vocabulary.ts'

export interface PublicationsDeps {
  villages(): Promise<(VillageName & { aliases?: string[]; households?: number; population?: number })[]>
  /** Its offices with phone, hours and duties, where they are published. */
  township(): Promise<VillageName & { units?: readonly PublishedUnit[] }>
  /** Renders a record page to a whole HTML document; without it the page routes are not mounted. */
  renderPage?(page: PageData): Promise<{ html: string }>
  /** Search by meaning; without it, search goes by words. */
  embeddings?: Embeddings | null
  /** Accounts of the console, and a way to tell one of them something on their own phone; without both nobody is reminded. */
  accounts?(): Promise<readonly AccountActor[]>
  tellAccount?: RemindDeps['tellAccount']
  /** Who signed what; nothing is written down where it is not given. */
  audit?: Audit
}

interface PublishedUnit {
  name: string
  level: string
  phone?: string | undefined
  hours?: string | undefined
  duties?: string | undefined
}

export interface Publications extends Capability {
  vocabulary(villageId: string | null): Promise<VocabularyEntry[]>
  /** What a page shows, or null when there is no such page or record. */
  page(path: string, query?: Partial<Omit<PageQuery, 'path'>>): Promise<PageData | null>
  /** The published lines behind an answer, for whoever has to check it. */
  questioned(answered: AnsweredFigure): Promise<QuestionedRecords>
  /** Resolves when search by meaning is ready; false when there is none, or it does not answer. */
  prepareSearch(): Promise<boolean>
  /** Imports a village's folder whole. @throws DomainError import_invalid with one line a problem; nothing is saved then */
  importVillage(villageId: string, folder: string): Promise<ImportResult>
  /** Reads a file or a pasted table and tells what it would change. @throws DomainError import_invalid when it is not taken at all */
  previewFile(input: SubmissionInput): Promise<ReadSubmission>
  /** Keeps it as a draft to be checked. @throws as `submit` */
  submitFile(input: SubmissionInput & { reason: string }, by: Omit<Signature, 'at'>): Promise<StoredSubmission>
  /** Imports the township's lists and policies from its folder. @throws as importVillage */
  importTownship(folder: string): Promise<ImportResult>
}

export async function createPublications(services: Services, deps: PublicationsDeps): Promise<Publications> {
  const store = cacheStore(createStore(services))
  const catalogues = createCatalogues(store, async () => (await deps.township()).id)
  const documents = createDocumentSearch(deps.embeddings ?? null)
  const offices = async (): Promise<Office[]> =>
    ((await deps.township()).units ?? [])
      .filter(({ level }) => level !== 'village')
      .map(({ name, phone = '', hours = '', duties = '' }) => ({ name, phone, hours, duties }))
  const page = createPages({
    offices,
    store,
    catalogues,
    villages: deps.villages,
    township: deps.township,
    clock: services.clock,
  })
  const forget = (): void => {
    catalogues.clear()
    store.clear()
  }
  const imported = async (result: Promise<ImportResult>): Promise<ImportResult> => {
    const done = await result
    forget()
    return done
  }
  const lines = async (id: string): Promise<string | null> =>
    (await store.publication(id)) && canonicalLines(await store.ofPublication(id, Infinity))
  const { accounts, tellAccount } = deps
  const audit: Audit = deps.audit ?? (async () => {})
  const prepareSearch = async (): Promise<boolean> => documents.prepare(await catalogues.township())
  return {
    name: 'publications',
    skills: publicationSkills({
      store,
      catalogues,
      documents,
      passages: createPassageSearch(deps.embeddings ?? null),
      offices,
      villages: deps.villages,
      township: deps.township,
      publicUrl: services.publicUrl,
    }),
    routes: [
      ...publicationRoutes(page, lines, deps.renderPage),
      ...obligationRoutes({ store, clock: services.clock, villages: deps.villages }),
      ...submissionRoutes({ services, audit, villages: deps.villages, published: forget }),
    ],
    jobs:
      accounts && tellAccount
        ? [
            {
              name: 'publications.remind',
              everyMs: 30 * 60_000,
              run: async () =>
                void (await remindObligations({ services, store, villages: deps.villages, accounts, tellAccount })),
            },
          ]
        : [],
    vocabulary: async (villageId) =>
      vocabularyOf(villageId ? await catalogues.village(villageId) : null, await catalogues.township()),
    async start() {
      await Promise.all([
        preparePublications(services.connection),
        prepareSubmissions(services.connection, services.clock.now()),
      ])
      // Behind the start: until it is ready, words alone decide.
      if (deps.embeddings)
        void catalogues
          .township()
          .then(documents.prepare)
          .catch(() => {})
    },
    page,
    questioned: async (answered) => findQuestioned(store, answered),
    prepareSearch,
    importVillage: async (villageId, folder) =>
      imported(saveImport(services, villageId, await readVillageFolder(folder))),
    previewFile: async (input) => readSubmission(services, input),
    submitFile: async (input, by) => submit(services, input, await readSubmission(services, input), by, audit),
    importTownship: async (folder) =>
      imported(saveImport(services, (await deps.township()).id, await readTownshipFolder(folder))),
  }
}

export { contentWords } from './answers/content-words.ts'
export { ASK_INTENTS } from './skills.ts'
export { IMPORT_KINDS, KINDS } from './import/kinds.ts'
export { makeTemplate } from './import/template.ts'
export type { ImportKind } from './import/kinds.ts'
export type { ImportResult } from './import/save-import.ts'
export type { QuestionedLine, QuestionedPublication, QuestionedRecords } from './questioned.ts'
export type { PageData } from './schema.ts'
