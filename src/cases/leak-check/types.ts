/** What the leak check is asked and what it answers. Pure data: nothing here reads or writes anything. */

/** How a text can give somebody away; the codes of the evaluation files. */
export const LEAK_WAYS = [
  'name',
  'nickname',
  'phone',
  'relation',
  'quote',
  'rare-fact',
  'time',
  'only-one-could-know',
  'small-cell',
  'style',
] as const
export type LeakWay = (typeof LEAK_WAYS)[number]

/** Who will read the text. `reporter`: the one who filed it, over their own channel, on a telephone that others may pick up. */
export type LeakAudience = 'group' | 'board' | 'official' | 'reporter'

/** What is known of the report that the text is about. Leave empty what is not known. */
export interface LeakReport {
  /** Name as written; empty or 匿名 when it is not known. */
  reporter: string
  /** Telephone, WeChat name, address: whatever reaches the person. */
  contact: string
  /** What is known of the person: hamlet, work, family. */
  details: string
  /** Who is complained about, with post. */
  about: string
  /** The person's own words. */
  body: string
  /** ISO 8601 with zone. */
  submittedAt: string
}

export interface LeakInput {
  report: LeakReport
  audience: LeakAudience
  kind: 'clearance' | 'reply' | 'statistics'
  text: string
}

export interface Leak {
  way: LeakWay
  /** The place in the text, as it stands there. */
  excerpt: string
  /** Why it gives somebody away, for whoever is about to send it. */
  why: string
}
