/** The township's pages: the three lists, policies and procedures, help. */
import { anchorOf } from '../answers/cite.ts'
import { documentRows } from '../documents/answer-document.ts'
import { powerReplies } from '../powers/replies.ts'
import type { PageData, Section } from '../schema.ts'
import type { PageDeps } from './page-parts.ts'
import { crumbs, facts, factsOf, nothingYet, pageOf } from './page-parts.ts'
import { officeReplies } from '../people/office-replies.ts'
import { pageReplies as say } from './replies.ts'

export async function powersPage({ catalogues }: PageDeps): Promise<PageData> {
  const names = await catalogues.township()
  const all = names.of('power')
  const sections: Section[] = [...new Set(all.map(({ data }) => data.group))].map((group) => ({
    kind: 'links',
    heading: group,
    links: all
      .filter(({ data }) => data.group === group)
      .map((record) => ({
        text: record.data.name,
        href: pageOf(record),
        ...(record.data.signs && { note: say.signedBy(record.data.signs) }),
      })),
  }))
  return {
    kind: 'powers',
    path: '/powers',
    title: say.nav.powers,
    crumbs: crumbs(),
    publications: factsOf(names, all),
    sections: sections.length > 0 ? sections : [nothingYet(say.nav.powers)],
  }
}

export async function powerPage({ catalogues }: PageDeps, code: string): Promise<PageData | null> {
  const names = await catalogues.township()
  const record = names.of('power').find(({ recordId }) => recordId === code)
  if (!record) return null
  const { data } = record
  const { labels } = powerReplies
  const list = (heading: string, paragraphs: readonly string[]): Section[] =>
    paragraphs.length > 0 ? [{ kind: 'text', heading, paragraphs: [...paragraphs] }] : []
  const sections: Section[] = [
    ...facts([
      { label: labels.group, value: data.group },
      { label: labels.responsible, value: data.responsible },
      { label: labels.proposes, value: data.proposes },
      { label: labels.reviews, value: data.reviews },
      { label: labels.signs, value: data.signs },
      { label: labels.deadline, value: data.deadline },
      { label: labels.publication, value: data.publication },
      { label: labels.supervision, value: data.supervision },
      { label: labels.basis, value: data.basis },
    ]),
    ...(data.steps.length > 0
      ? [
          {
            kind: 'steps' as const,
            heading: labels.steps,
            steps: data.steps.map(({ name, who, note }) => ({ name, ...(who && { who }), ...(note && { note }) })),
          },
        ]
      : []),
    ...list(labels.thresholds, data.thresholds),
    ...list(labels.papers, data.papers),
    ...list(labels.risks, data.risks),
  ]
  return {
    kind: 'power',
    path: pageOf(record),
    title: data.name,
    crumbs: crumbs(undefined, { text: say.nav.powers, href: '/powers' }),
    publications: factsOf(names, [record]),
    sections,
  }
}

export async function negativePage({ catalogues }: PageDeps): Promise<PageData> {
  const names = await catalogues.township()
  const all = names.of('negative')
  const { labels } = powerReplies
  const sections: Section[] = all.map(({ recordId, data }, index) => ({
    kind: 'text',
    heading: `${index + 1}. ${data.title}`,
    anchor: anchorOf(recordId),
    paragraphs: [
      data.detail,
      ...data.examples.map((example) => `${labels.examples}:${example}`),
      data.consequence && `${labels.consequence}:${data.consequence}`,
      data.basis && `${labels.basis}:${data.basis}`,
    ].filter(Boolean),
  }))
  return {
    kind: 'negative-list',
    path: '/negative-list',
    title: powerReplies.negativeTitle,
    crumbs: crumbs(),
    publications: factsOf(names, all),
    sections: sections.length > 0 ? sections : [nothingYet(say.nav.negative)],
  }
}

export async function responsibilitiesPage({ catalogues }: PageDeps): Promise<PageData> {
  const names = await catalogues.township()
  const all = names.of('responsibility')
  const { labels } = powerReplies
  const sections: Section[] = all.map(({ recordId, data }) => ({
    kind: 'text',
    heading: data.post,
    anchor: anchorOf(recordId),
    paragraphs: [
      ...data.duties.map((duty) => `${labels.duties}:${duty}`),
      ...data.accountable.map((each) => `${labels.accountable}:${each}`),
    ],
  }))
  return {
    kind: 'responsibilities',
    path: '/responsibilities',
    title: say.nav.responsibilities,
    crumbs: crumbs(),
    publications: factsOf(names, all),
    sections: sections.length > 0 ? sections : [nothingYet(say.nav.responsibilities)],
  }
}

export async function policiesPage({ catalogues }: PageDeps): Promise<PageData> {
  const names = await catalogues.township()
  const all = names.of('document')
  const links = (kind: 'procedure' | 'policy', heading: string): Section[] => {
    const some = all.filter(({ data }) => data.kind === kind)
    return some.length > 0
      ? [
          {
            kind: 'links',
            heading,
            links: some.map((record) => ({
              text: record.data.title,
              href: pageOf(record),
              ...(record.data.where && { note: record.data.where }),
            })),
          },
        ]
      : []
  }
  const sections = [...links('procedure', say.procedures), ...links('policy', say.policies)]
  return {
    kind: 'policies',
    path: '/policies',
    title: say.nav.policies,
    crumbs: crumbs(),
    publications: [],
    sections: sections.length > 0 ? sections : [nothingYet(say.nav.policies)],
  }
}

export async function policyPage({ catalogues }: PageDeps, id: string): Promise<PageData | null> {
  const names = await catalogues.township()
  const record = names.of('document').find(({ recordId }) => recordId === id)
  if (!record) return null
  const { data } = record
  const sections: Section[] = [
    ...facts(documentRows(data)),
    ...data.sections.map(({ heading, text }) => ({
      kind: 'text' as const,
      ...(heading && { heading }),
      paragraphs: text
        .split(/\n+/)
        .map((line) => line.replace(/^\s*[-*]\s+/, '· ').replaceAll('**', ''))
        .filter((line) => line.trim() !== ''),
    })),
  ]
  return {
    kind: 'policy',
    path: pageOf(record),
    title: data.title,
    crumbs: crumbs(undefined, { text: say.nav.policies, href: '/policies' }),
    publications: factsOf(names, [record]),
    sections,
  }
}

export function helpPage(): PageData {
  return { kind: 'help', path: '/help', title: say.help, crumbs: crumbs(), publications: [], sections: [] }
}

/** Office phones and hours of the township and above, as a table to read aloud from. */
export async function officesPage({ offices, township }: PageDeps): Promise<PageData> {
  const { labels } = officeReplies
  const rows = (await offices()).map(({ name, phone, hours, duties }) => [name, phone, hours, duties])
  const table: Section = {
    kind: 'table',
    heading: (await township()).name,
    columns: [labels.name, labels.phone, labels.hours, labels.duties].map((title) => ({
      title,
      align: 'left' as const,
    })),
    rows: rows.map((cells) => ({ cells: cells.map((text) => ({ text })) })),
  }
  return {
    kind: 'offices',
    path: '/offices',
    title: say.nav.offices,
    crumbs: crumbs(),
    publications: [],
    sections: rows.length > 0 ? [table] : [nothingYet(say.nav.offices)],
  }
}
