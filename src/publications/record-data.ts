/** What a published record of each kind holds. Money is in 分 (integer), dates are YYYY-MM-DD, months YYYY-MM, all in Asia/Shanghai. */

export interface LedgerLine {
  date: string
  voucher: string
  category: string
  summary: string
  income: number
  expense: number
  balance: number | null
  handler: string
  witness: string
  approver: string
  payee: string
  method: string
  attachments: number | null
  /** Project name or code as written on the line. */
  project: string
  /** Place among the lines of its month, as in the file. */
  order: number
}
export interface BankMonth {
  month: string
  opening: number
  income: number
  expense: number
  closing: number
}
export interface Debt {
  type: string
  party: string
  reason: string
  amount: number
  date: string
  due: string
  status: string
}
export interface Bid {
  bidder: string
  price: number
  won: boolean
}
export interface Project {
  code: string
  name: string
  aliases: string[]
  category: string
  startedOn: string
  resolution: string
  budget: number | null
  contractPrice: number | null
  contractor: string
  tender: string
  worksFrom: string
  plannedEnd: string
  actualEnd: string
  status: string
  percent: number | null
  manager: string
  supervisor: string
  funding: string
  note: string
  bids: Bid[]
  payments: { date: string; amount: number; voucher: string; note: string }[]
  progress: { date: string; percent: number | null; note: string }[]
}
export interface Contract {
  code: string
  subject: string
  aliases: string[]
  category: string
  party: string
  signedOn: string
  from: string
  to: string
  total: number | null
  yearly: number | null
  payment: string
  plan: string
  received: number | null
  outstanding: number | null
  procedure: string
  counsel: string
  exchange: string
  status: string
  note: string
}
export interface Asset {
  code: string
  name: string
  category: string
  quantity: string
  unit: string
  cost: number | null
  condition: string
  place: string
  use: string
  tenant: string
  until: string
  yearly: number | null
  boughtOn: string
}
export interface Resource {
  code: string
  name: string
  type: string
  area: string
  bounds: string
  holder: string
  until: string
  pricePerMu: number | null
  received: number | null
  outstanding: number | null
}
export interface SubsidyStandard {
  name: string
  aliases: string[]
  standard: string
  unit: string
  target: string
  way: string
  basis: string
  when: string
}
export interface SubsidyBatch {
  batch: string
  name: string
  period: string
  paidOn: string
  households: number | null
  persons: number | null
  amount: number
  status: string
  shownFrom: string
  shownTo: string
}
/** One line of a posted list, as posted. */
export interface ListRow {
  batch: string
  householder: string
  group: string
  persons: string
  basis: string
  amount: number
}
export interface Resolution {
  code: string
  date: string
  meeting: string
  topic: string
  expected: number | null
  present: number | null
  for: number | null
  against: number | null
  abstained: number | null
  content: string
  shownOn: string
}
export interface RosterEntry {
  category: string
  name: string
  post: string
  duty: string
  area: string
  hours: string
  place: string
  phone: string
  from: string
  to: string
  aliases: string[]
  relatives: string
}
/** A stretch of text about party affairs, press conferences or education, with a title. */
export interface Entry {
  title: string
  date: string
  text: string
  items: { label: string; value: string }[]
}
export interface Conference {
  code: string
  title: string
  date: string
  place: string
  state: 'planned' | 'held'
  agenda: string[]
  answers: { question: string; answer: string; by: string }[]
  note: string
}
export interface Power {
  code: string
  name: string
  group: string
  aliases: string[]
  responsible: string
  proposes: string
  reviews: string
  signs: string
  steps: { name: string; who: string; note: string }[]
  papers: string[]
  deadline: string
  publication: string
  supervision: string
  risks: string[]
  basis: string
  thresholds: string[]
}
export interface NegativeItem {
  code: string
  title: string
  detail: string
  examples: string[]
  consequence: string
  basis: string
}
export interface Responsibility {
  post: string
  duties: string[]
  accountable: string[]
  aliases: string[]
}
/** A policy or procedure: fields of its head, sections of its body. */
export interface PolicyDocument {
  id: string
  title: string
  kind: 'procedure' | 'policy'
  aliases: string[]
  keywords: string[]
  department: string
  papers: string[]
  where: string
  hours: string
  phone: string
  days: string
  fee: string
  source: string
  validFrom: string
  sections: { heading: string; text: string }[]
}
