/** Records and publications as they are stored. */
import type {
  Asset,
  BankMonth,
  Conference,
  Contract,
  Debt,
  Entry,
  LedgerLine,
  ListRow,
  NegativeItem,
  PolicyDocument,
  Power,
  Project,
  Resolution,
  Resource,
  Responsibility,
  RosterEntry,
  SubsidyBatch,
  SubsidyStandard,
} from './record-data.ts'

export type * from './record-data.ts'

export interface RecordData {
  ledger: LedgerLine
  bank: BankMonth
  debt: Debt
  project: Project
  contract: Contract
  asset: Asset
  resource: Resource
  subsidy: SubsidyStandard
  batch: SubsidyBatch
  'list-row': ListRow
  resolution: Resolution
  roster: RosterEntry
  party: Entry
  conference: Conference
  power: Power
  negative: NegativeItem
  responsibility: Responsibility
  document: PolicyDocument
}
export type RecordKind = keyof RecordData

/** draft → checked → published; a published version that a later one replaced is superseded and stays readable. */
export type PublicationState = 'draft' | 'checked' | 'published' | 'superseded'

export type PublicationClass = 'party' | 'affairs' | 'finance' | 'assets' | 'lists'

export interface StoredRecord<K extends RecordKind = RecordKind> {
  /** publicationId # recordId */
  _id: string
  kind: K
  /** Village id, or the township's id for its lists and policies. */
  villageId: string
  publicationId: string
  /** The same through all versions, e.g. l-2025-03-012. */
  recordId: string
  state: PublicationState
  /** For periods and order; empty when the record has no date. */
  date: string
  /** Searchable words: facets (category:…, batch:…) and two-character pieces of `text`. */
  keys: string[]
  text: string
  data: RecordData[K]
}

export interface StoredPublication {
  /** villageId:item:period:vN */
  _id: string
  villageId: string
  class: PublicationClass
  /** 事项 as the village calls it. */
  item: string
  kinds: RecordKind[]
  /** 2025-03, 2025Q1, 2025 or empty. */
  period: string
  from: string
  to: string
  version: number
  state: PublicationState
  dueAt: string
  publishedAt: string
  /** Of its first version, where this one is a correction: whether it was late goes by that. */
  firstPublishedAt?: string
  checkedBy: string
  way: string
  note: string
  hash: string
  /** Why this version replaced an earlier one. */
  reason: string
  importedAt: Date
}
