/** Figures over the cases that the actor may see, by year: kind, place, month, time to answer, satisfaction, on time. */
import { shanghaiDate } from '../../infrastructure/clock.ts'
import type { Actor, Organisation } from '../../people/index.ts'
import type { CaseContext } from '../context.ts'
import { readsAll, visibleAnd } from '../policy.ts'
import { PROCEDURES } from '../procedures/index.ts'
import { console as words } from '../replies.ts'
import { CASE_KINDS } from '../schema.ts'
import type { CaseKind } from '../schema.ts'
import type { FigureRow, Statistics } from './schema.ts'
import { SMALL, hideSmall } from './suppress-small.ts'

/** Sums of one kind in one village in one month. */
interface Sums {
  total: number
  closed: number
  /** Days from filing to the outcome, all together. */
  days: number
  rated: number
  content: number
  /** Had a limit that has ended or passed; kept all of them. */
  timed: number
  onTime: number
}
type Row = Sums & { _id: { kind: CaseKind; village: string | null; month: string } }

const DAY_MS = 86_400_000
const SHANGHAI = '+08:00'
const NO_SUMS: Sums = { total: 0, closed: 0, days: 0, rated: 0, content: 0, timed: 0, onTime: 0 }

/**
 * @param year calendar year in Asia/Shanghai. Whole years only: the difference of two free periods would tell of the cell between them
 * @param outside leaves the unit (an export): small cells are hidden from everybody
 */
export async function countStatistics(
  context: CaseContext,
  actor: Actor,
  input: { year: number; outside: boolean },
): Promise<Statistics> {
  const now = context.clock.now()
  const [organisation, rows] = await Promise.all([context.organisation(), sumUp(context, actor, input.year, now)])
  const guarded = input.outside || !readsAll(actor)
  const all = add(rows)
  const today = shanghaiDate(now)
  const last = today.startsWith(`${input.year}-`) ? Number(today.slice(5, 7)) : 12
  const months = Array.from({ length: last }, (_, index) => `${input.year}-${String(index + 1).padStart(2, '0')}`)
  const kinds = CASE_KINDS.filter((kind) => rows.some(({ _id }) => _id.kind === kind))
  const group = <T>(keys: readonly T[], title: (key: T) => string, is: (row: Row, key: T) => boolean): FigureRow[] =>
    guard(
      keys.map((key) => ({ title: title(key), sums: add(rows.filter((row) => is(row, key))) })),
      guarded,
    )
  return {
    year: input.year,
    guarded,
    all: guard([{ title: words.everything, sums: all }], guarded)[0]!,
    byKind: group(
      kinds,
      (kind) => PROCEDURES[kind].title,
      ({ _id }, kind) => _id.kind === kind,
    ),
    byPlace: group(
      placesOf(rows),
      (id) => placeName(organisation, id),
      ({ _id }, id) => _id.village === id,
    ),
    byMonth: group(
      months,
      (month) => `${Number(month.slice(5))}月`,
      ({ _id }, month) => _id.month === month,
    ),
  }
}

const placesOf = (rows: readonly Row[]): (string | null)[] =>
  [...new Set(rows.map(({ _id }) => _id.village))].toSorted((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1))
const placeName = ({ villages }: Organisation, village: string | null): string =>
  villages.find(({ id }) => id === village)?.name ?? words.noVillage

const add = (rows: readonly Sums[]): Sums =>
  rows.reduce<Sums>(
    (sum, row) =>
      Object.fromEntries(
        Object.entries(sum).map(([key, value]) => [key, value + row[key as keyof Sums]]),
      ) as unknown as Sums,
    NO_SUMS,
  )

function guard(cells: readonly { title: string; sums: Sums }[], guarded: boolean): FigureRow[] {
  const { hidden } = hideSmall(cells.map(({ sums }) => sums.total))
  return cells.map(({ title, sums }, index) => {
    const concealed = guarded && hidden[index]!
    /** A share of few is as telling as the few. */
    const over = (part: number, whole: number): number | null =>
      concealed || whole === 0 || (guarded && whole < SMALL) ? null : part / whole
    return {
      title,
      hidden: concealed,
      total: concealed ? null : sums.total,
      days: over(sums.days, sums.closed),
      content: over(sums.content, sums.rated),
      onTime: over(sums.onTime, sums.timed),
    }
  })
}

async function sumUp(context: CaseContext, actor: Actor, year: number, now: Date): Promise<Row[]> {
  const filedAt = {
    $gte: new Date(`${year}-01-01T00:00:00+08:00`),
    $lt: new Date(`${year + 1}-01-01T00:00:00+08:00`),
  }
  const today = shanghaiDate(now)
  const day = (date: string): object => ({ $dateToString: { date, format: '%Y-%m-%d', timezone: SHANGHAI } })
  const late = {
    $anyElementTrue: {
      $map: {
        input: '$deadlines',
        as: 'term',
        in: { $gt: [{ $ifNull: [day('$$term.doneAt'), today] }, { $ifNull: ['$$term.due', '9999'] }] },
      },
    },
  }
  const decided = {
    $anyElementTrue: {
      $map: {
        input: '$deadlines',
        as: 'term',
        in: { $or: [{ $gt: ['$$term.doneAt', null] }, { $lt: [{ $ifNull: ['$$term.due', '9999'] }, today] }] },
      },
    },
  }
  const one = (when: object): object => ({ $sum: { $cond: [when, 1, 0] } })
  const closed = { $gt: ['$outcome.at', null] }
  return context.collections.cases
    .aggregate<Row>([
      { $match: visibleAnd(actor, [{ filedAt }]) },
      { $project: { kind: 1, villageId: 1, filedAt: 1, deadlines: 1, 'outcome.at': 1, rating: 1 } },
      {
        $group: {
          _id: {
            kind: '$kind',
            village: '$villageId',
            month: { $dateToString: { date: '$filedAt', format: '%Y-%m', timezone: SHANGHAI } },
          },
          total: { $sum: 1 },
          closed: one(closed),
          days: { $sum: { $cond: [closed, { $divide: [{ $subtract: ['$outcome.at', '$filedAt'] }, DAY_MS] }, 0] } },
          rated: one({ $gt: ['$rating.score', null] }),
          content: one({ $eq: ['$rating.score', 1] }),
          timed: one(decided),
          onTime: one({ $and: [decided, { $not: [late] }] }),
        },
      },
    ])
    .toArray()
}
