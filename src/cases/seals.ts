/** Opening and sealing what belongs to a case. The one place that holds a case's data key in the clear, for as long as it is used. */
import type { Types } from 'mongoose'
import type { Vault } from '../infrastructure/crypto.ts'
import type { CaseContent, EntryBody, ReporterIdentity, RoutingFacts, StoredCase, StoredEntry } from './model.ts'

export interface CaseSeal {
  sealContent(content: CaseContent): Buffer
  sealRouting(facts: RoutingFacts): Buffer
  sealReporter(identity: ReporterIdentity): Buffer
  sealBody(entryId: Types.ObjectId, body: EntryBody): Buffer
  sealOutcome(text: string): Buffer
  openContent(sealed: Buffer): CaseContent
  openRouting(sealed: Buffer): RoutingFacts
  openReporter(sealed: Buffer): ReporterIdentity
  openBody(entry: Pick<StoredEntry, '_id' | 'sealed'>): EntryBody
  openOutcome(sealed: Buffer): string
  /** Anything else that belongs to the case, under a place of its own. */
  sealAt(value: unknown, place: string): Buffer
  openAt<T>(sealed: Buffer, place: string): T
}

/** Values are bound to their case and their place: none can be put in another's stead. */
export function caseSeal(vault: Vault, caseId: Types.ObjectId, key: Buffer): CaseSeal {
  const id = caseId.toHexString()
  const seal = (value: unknown, place: string): Buffer => vault.seal(JSON.stringify(value), `case:${id}:${place}`, key)
  const open = <T>(sealed: Buffer, place: string): T =>
    JSON.parse(vault.openText(sealed, `case:${id}:${place}`, key)) as T
  return {
    sealContent: (content) => seal(content, 'content'),
    sealRouting: (facts) => seal(facts, 'routing'),
    sealReporter: (identity) => seal(identity, 'reporter'),
    sealBody: (entryId, body) => seal(body, `entry:${entryId.toHexString()}`),
    sealOutcome: (text) => seal(text, 'outcome'),
    openContent: (sealed) => open(sealed, 'content'),
    openRouting: (sealed) => open(sealed, 'routing'),
    openReporter: (sealed) => open(sealed, 'reporter'),
    openBody: ({ _id, sealed }) => (sealed ? open(sealed, `entry:${_id.toHexString()}`) : {}),
    openOutcome: (sealed) => open(sealed, 'outcome'),
    sealAt: seal,
    openAt: open,
  }
}

export function openSeal(vault: Vault, stored: Pick<StoredCase, '_id' | 'dataKey'>): CaseSeal {
  return caseSeal(vault, stored._id, vault.unwrapDataKey(stored.dataKey))
}
