/** One version of a publication as it was published: its lines, its hash, and the versions before and after with their reasons. */
import type { StoredPublication, StoredRecord } from '../records.ts'
import { periodBounds, periodLabel } from '../periods.ts'
import type { PageData, Section } from '../schema.ts'
import { fieldsOf, titleOf } from '../submissions/record-words.ts'
import { anchorOf } from '../answers/cite.ts'
import type { PageDeps } from './page-parts.ts'
import { crumbs, dateText, factOf, facts, versionUrl } from './page-parts.ts'
import { pageReplies as say } from './replies.ts'

const ROWS = 500

export async function versionPage(deps: PageDeps, id: string): Promise<PageData | null> {
  const publication = await deps.store.publication(id)
  if (!publication) return null
  const [versions, records, villages, township] = await Promise.all([
    deps.store.versions(publication.villageId, publication.item, publication.period),
    deps.store.ofPublication(id, ROWS + 1),
    deps.villages(),
    deps.township(),
  ])
  const village = villages.find((each) => each.id === publication.villageId)
  const newer = versions.find(({ version }) => version > publication.version)
  const label = periodLabel(periodBounds(publication.period)) || publication.period
  const kinds = [...new Set(records.map(({ kind }) => kind))]
  return {
    kind: 'version',
    path: versionUrl(id),
    title: say.version(village?.name ?? township.name, publication.item.replace(/:.*/, ''), label, publication.version),
    ...(village && { village: { id: village.id, name: village.name } }),
    crumbs: crumbs(village && { id: village.id, name: village.name }),
    publications: [factOf(publication)],
    sections: [
      ...(publication.state === 'superseded' ? [replaced(newer)] : []),
      ...(versions.length > 1 ? [allVersions(versions, publication)] : []),
      ...kinds.map((kind) => tableOf(records.slice(0, ROWS).filter((record) => record.kind === kind))),
      ...(records.length > ROWS ? [{ kind: 'notice' as const, tone: 'info' as const, text: say.firstRows(ROWS) }] : []),
      ...facts(
        [
          { label: say.hash, value: publication.hash },
          { label: say.openData, value: say.openDataHow, href: `/api/public/publications/${encodeURIComponent(id)}` },
        ],
        say.verify,
      ),
    ],
  }
}

const replaced = (newer: StoredPublication | undefined): Section => ({
  kind: 'notice',
  tone: 'late',
  text: newer ? say.replaced(newer.version, dateText(newer.publishedAt), newer.reason) : say.replacedByOther,
})

const allVersions = (versions: readonly StoredPublication[], shown: StoredPublication): Section => ({
  kind: 'links',
  heading: say.allVersions,
  links: versions.map(({ _id, version, publishedAt, reason }) => ({
    text: say.versionOf(version, dateText(publishedAt)),
    href: versionUrl(_id),
    ...(reason && { note: reason }),
    ...(_id === shown._id && { current: true }),
  })),
})

/** Columns that are empty in all lines are left out. */
function tableOf(records: readonly StoredRecord[]): Section {
  const rows = records.map((record) => ({ record, fields: fieldsOf(record) }))
  const labels = [
    ...new Set(rows.flatMap(({ fields }) => fields.filter(({ text }) => text !== '').map(({ label }) => label))),
  ]
  const columns = labels.length > 0 ? labels : [say.content]
  return {
    kind: 'table',
    columns: columns.map((title) => ({ title, align: 'left' as const })),
    rows: rows.map(({ record, fields }) => ({
      anchor: anchorOf(record.recordId),
      cells:
        labels.length > 0
          ? labels.map((label) => ({ text: fields.find((field) => field.label === label)?.text ?? '' }))
          : [{ text: titleOf(record) }],
    })),
  }
}
