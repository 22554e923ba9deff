/** What the record pages show. One shape for every page: facts about publication, then sections that a page renders in order. */
import { z } from 'zod'

/** A link within the site. */
export const PageLink = z.object({ text: z.string(), href: z.string() })
export type PageLink = z.infer<typeof PageLink>

/** One publication that the page draws on. Dates are YYYY-MM-DD in Asia/Shanghai. */
export const PublicationFact = z.object({
  title: z.string(),
  period: z.string().optional(),
  publishedAt: z.string().optional(),
  dueAt: z.string().optional(),
  /** Days after the due date; 0 when in time. */
  lateDays: z.number().default(0),
  checkedBy: z.string().optional(),
  way: z.string().optional(),
  version: z.number(),
  /** SHA-256 in hex of the publication's records. */
  hash: z.string(),
  /** Where this version is shown as it was published. */
  versionHref: z.string().optional(),
  /** Why this version replaced an earlier one. */
  reason: z.string().optional(),
  href: z.string().optional(),
})
export type PublicationFact = z.infer<typeof PublicationFact>

export const Cell = z.object({ text: z.string(), href: z.string().optional() })
export type Cell = z.infer<typeof Cell>

/** Facts in pairs: 预算 86,000元. */
const Facts = z.object({
  kind: z.literal('facts'),
  heading: z.string().optional(),
  anchor: z.string().optional(),
  rows: z.array(z.object({ label: z.string(), value: z.string(), href: z.string().optional() })),
})

/** A table; each row carries the anchor that sources point to (`r-<recordId>`). */
const Table = z.object({
  kind: z.literal('table'),
  heading: z.string().optional(),
  columns: z.array(z.object({ title: z.string(), align: z.enum(['left', 'right']).default('left') })),
  rows: z.array(z.object({ anchor: z.string().optional(), cells: z.array(Cell) })),
  /** Sums below the table, one text a column; empty where there is none. */
  foot: z.array(z.string()).optional(),
  more: PageLink.optional(),
})

/** A small chart. Values in `unit`. */
const Bars = z.object({
  kind: z.literal('bars'),
  heading: z.string().optional(),
  unit: z.string(),
  series: z.array(z.object({ label: z.string(), value: z.number(), second: z.number().optional() })),
  legend: z.array(z.string()).optional(),
})

/** A flow: each step with who takes it. */
const Steps = z.object({
  kind: z.literal('steps'),
  heading: z.string().optional(),
  steps: z.array(z.object({ name: z.string(), who: z.string().optional(), note: z.string().optional() })),
})

/** Progress of a project in percent, budget against actual in 元. */
const Progress = z.object({
  kind: z.literal('progress'),
  heading: z.string().optional(),
  percent: z.number().min(0).max(100),
  budget: z.number().optional(),
  paid: z.number().optional(),
  note: z.string().optional(),
})

/** Running text in paragraphs. */
const Text = z.object({
  kind: z.literal('text'),
  heading: z.string().optional(),
  anchor: z.string().optional(),
  paragraphs: z.array(z.string()),
})

/** Links to other pages: months, categories, records. */
const Links = z.object({
  kind: z.literal('links'),
  heading: z.string().optional(),
  links: z.array(PageLink.extend({ note: z.string().optional(), current: z.boolean().optional() })),
})

/** What should stand here and does not: late or not published. */
const Notice = z.object({ kind: z.literal('notice'), tone: z.enum(['late', 'info']), text: z.string() })

export const Section = z.discriminatedUnion('kind', [Facts, Table, Bars, Steps, Progress, Text, Links, Notice])
export type Section = z.infer<typeof Section>

export const PAGE_KINDS = [
  'villages',
  'home',
  'ledger',
  'projects',
  'project',
  'contracts',
  'contract',
  'assets',
  'subsidies',
  'subsidy-batch',
  'resolutions',
  'resolution',
  'people',
  'party',
  'conference',
  'powers',
  'power',
  'negative-list',
  'responsibilities',
  'offices',
  'policies',
  'policy',
  'version',
  'calendar',
  'help',
] as const
export type PageKind = (typeof PAGE_KINDS)[number]

export const PageData = z.object({
  kind: z.enum(PAGE_KINDS),
  /** Path without query; the page's own address. */
  path: z.string(),
  title: z.string(),
  /** One line below the title. */
  lead: z.string().optional(),
  village: z.object({ id: z.string(), name: z.string() }).optional(),
  crumbs: z.array(PageLink).default([]),
  /** Empty on pages that hold no published record of their own. */
  publications: z.array(PublicationFact).default([]),
  sections: z.array(Section),
})
export type PageData = z.infer<typeof PageData>

export const PageQuery = z.object({
  path: z.string().max(300),
  period: z.string().max(40).optional(),
  item: z.string().max(60).optional(),
  page: z.coerce.number().int().min(1).max(1000).optional(),
})
export type PageQuery = z.infer<typeof PageQuery>
