/** The console's address of the calendar of publication. */
import { defineRoute } from '../../http/index.ts'
import type { Route } from '../../http/index.ts'
import type { Clock } from '../../infrastructure/clock.ts'
import { shanghaiDate } from '../../infrastructure/clock.ts'
import { IMPORT_KINDS, KINDS } from '../import/kinds.ts'
import { calendarReaders, mayReadCalendar } from '../sign-off-rule.ts'
import type { Store } from '../store.ts'
import { submissionReplies } from '../submissions/replies.ts'
import { listObligations, onTimeOf, periodText } from './list-obligations.ts'
import type { Obligation } from './list-obligations.ts'
import type { ObligationList, ObligationView } from './schema.ts'

export interface ObligationDeps {
  store: Pick<Store, 'history'>
  clock: Clock
  villages(): Promise<readonly { id: string; name: string }[]>
}

export function obligationRoutes({ store, clock, villages }: ObligationDeps): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/console/obligations',
      summary: 'What is late and what is due next, by village, with the share that came in time',
      policy: mayReadCalendar,
      handler: async ({ actor }): Promise<ObligationList> => {
        const today = shanghaiDate(clock.now())
        const own = calendarReaders(actor)
        const shown = (await villages()).filter(({ id }) => own === null || own.includes(id))
        return {
          villages: await Promise.all(
            shown.map(async ({ id, name }) => {
              const all = listObligations(await store.history(id), today)
              const { percent, due, late, overdue } = onTimeOf(all, today)
              const open = all.filter(({ state }) => state === 'overdue' || state === 'soon').reverse()
              return { villageId: id, villageName: name, percent, due, late, overdue, open: open.map(present) }
            }),
          ),
        }
      },
    }),
  ]
}

const present = ({ item, class: of, period, dueAt, state, lateDays, kinds }: Obligation): ObligationView => ({
  item,
  periodLabel: periodText(period),
  className: submissionReplies.classes[of],
  dueAt,
  state,
  lateDays,
  kind: IMPORT_KINDS.find((kind) => KINDS[kind].records.some((record) => kinds.includes(record))) ?? '',
})
