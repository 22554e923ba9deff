/** Where a record opens on our own pages, and under which publication it was published. */
import type { Catalogue } from '../catalogue.ts'
import type { RecordKind, StoredPublication, StoredRecord } from '../records.ts'
import type { Cite } from './answer.ts'

/** Anchor of a record's row. */
export const anchorOf = (recordId: string): string => `r-${recordId}`

const encode = encodeURIComponent

/** Path of the page that shows a record of this kind. */
export function recordUrl(kind: RecordKind, villageId: string, recordId: string, data: unknown): string {
  const home = `/v/${villageId}`
  const anchor = `#${encode(anchorOf(recordId))}`
  const pages: Record<RecordKind, string> = {
    ledger: `${home}/ledger${anchor}`,
    bank: `${home}/ledger${anchor}`,
    debt: `${home}/assets${anchor}`,
    project: `${home}/projects/${encode(recordId)}`,
    contract: `${home}/contracts/${encode(recordId)}`,
    asset: `${home}/assets${anchor}`,
    resource: `${home}/assets${anchor}`,
    subsidy: `${home}/subsidies${anchor}`,
    batch: `${home}/subsidies/${encode(recordId)}`,
    'list-row': `${home}/subsidies/${encode((data as { batch?: string }).batch ?? '')}${anchor}`,
    resolution: `${home}/resolutions/${encode(recordId)}`,
    roster: `${home}/people${anchor}`,
    party: `${home}/party${anchor}`,
    conference: `${home}/conference${anchor}`,
    power: `/powers/${encode(recordId)}`,
    negative: `/negative-list${anchor}`,
    responsibility: `/responsibilities${anchor}`,
    document: `/policies/${encode(recordId)}`,
  }
  return pages[kind]
}

export function citeRecords(title: string, catalogue: Catalogue, records: readonly StoredRecord[], url?: string): Cite {
  const publications = new Map<string, StoredPublication>()
  for (const { publicationId } of records) {
    const publication = catalogue.publications.get(publicationId)
    if (publication) publications.set(publicationId, publication)
  }
  const first = records[0]
  return {
    title,
    url:
      url ?? (first ? recordUrl(first.kind, first.villageId, first.recordId, first.data) : `/v/${catalogue.villageId}`),
    publications: [...publications.values()],
    recordIds: records.map(({ recordId }) => recordId),
  }
}
