/** What a village had to publish and has to publish next, and how punctual it was. */
import type { VillageName } from '../answers/answer.ts'
import { shanghaiDate } from '../../infrastructure/clock.ts'
import { listObligations, onTimeOf, periodText } from '../obligations/list-obligations.ts'
import type { Obligation, ObligationState } from '../obligations/list-obligations.ts'
import { obligationReplies as say } from '../obligations/replies.ts'
import { chineseDate } from '../periods.ts'
import type { PageData, Section } from '../schema.ts'
import { crumbs } from './page-parts.ts'
import type { PageDeps } from './page-parts.ts'

/** Of what is done the newest are enough; the rate counts all. */
const ROWS = 24

export async function calendarPage({ store, clock }: PageDeps, village: VillageName): Promise<PageData> {
  const today = shanghaiDate(clock.now())
  const all = listObligations(await store.history(village.id), today)
  const { percent, due, late, overdue } = onTimeOf(all, today)
  const of = (...states: ObligationState[]): Obligation[] => all.filter(({ state }) => states.includes(state))
  return {
    kind: 'calendar',
    path: `/v/${village.id}/calendar`,
    title: say.calendarTitle(village.name),
    lead: percent === null ? say.lead : say.onTime(percent, due, late + overdue),
    village: { id: village.id, name: village.name },
    crumbs: crumbs(village),
    publications: [],
    sections: [
      ...tableOf(say.headings.overdue, of('overdue')),
      ...tableOf(say.headings.soon, of('soon').reverse()),
      ...tableOf(say.headings.coming, of('coming').reverse()),
      ...tableOf(say.headings.done, of('in-time', 'late').slice(0, ROWS)),
    ],
  }
}

function tableOf(heading: string, obligations: readonly Obligation[]): Section[] {
  if (obligations.length === 0) return []
  return [
    {
      kind: 'table',
      heading,
      columns: say.columns.map((title) => ({ title, align: 'left' as const })),
      rows: obligations.map((each) => ({
        cells: [each.item, periodText(each.period), chineseDate(each.dueAt), stateText(each)].map((text) => ({ text })),
      })),
    },
  ]
}

function stateText({ state, publishedAt, lateDays }: Obligation): string {
  if (state === 'in-time') return say.states.inTime(publishedAt)
  if (state === 'late') return say.states.late(publishedAt, lateDays)
  return state === 'overdue' ? say.states.overdue(lateDays) : say.states.waiting
}
