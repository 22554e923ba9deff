/** A wrong routing put right with one click: recorded, and remembered for texts like it. */
import { DomainError } from '../infrastructure/errors.ts'
import type { Actor, Organisation } from '../people/index.ts'
import type { CaseContext } from './context.ts'
import { giveToHandler } from './give-to-handler.ts'
import type { RoutingFacts, StoredCase } from './model.ts'
import { replies } from './replies.ts'
import { VILLAGE, markOf, placeOf } from './route-new-case.ts'
import { DEPARTMENTS } from './routing/departments.ts'
import { unitFor } from './routing/find-unit.ts'
import { marksOf } from './routing/lessons.ts'
import { ANSWERS_GRIEVANCE, BY_CONDUCT, heightOf } from './routing/levels.ts'
import { openSeal } from './seals.ts'
import { takeStep } from './take-step.ts'
import type { Request } from './take-step.ts'

/** Whose act a grievance is about does not answer it: nothing goes below that. */
function lowest(organisation: Organisation, { concerned }: Pick<RoutingFacts, 'concerned'>): number {
  const heights = concerned.flatMap((id) => {
    const official = organisation.officials.find((one) => one.id === id)
    const unit = organisation.units.find((one) => one.id === official?.unit)
    const level = unit && ANSWERS_GRIEVANCE[unit.level]
    return level ? [heightOf(level)] : []
  })
  return Math.max(0, ...heights)
}

export const rerouteCase = async (context: CaseContext, actor: Actor, request: Request & { code: string }) =>
  takeStep(context, actor, 'reroute', request, async (stored, now) => {
    if (BY_CONDUCT.has(stored.kind)) throw new DomainError('not_by_department', 400, '检举不按部门分,请用转办。')
    if (request.code !== VILLAGE && !DEPARTMENTS[request.code])
      throw new DomainError('department_unknown', 400, '请选一个部门。')
    const organisation = await context.organisation()
    const seal = openSeal(context.vault, stored)
    const facts = seal.openRouting(stored.routing)
    const { level, department } = placeOf(request.code)
    if (heightOf(level) < lowest(organisation, facts))
      throw new DomainError('level_too_low', 400, '诉求对象不能自己办自己的事,请选上一级的部门。')
    const unit = unitFor(organisation, { level, department }, stored.villageId)
    const title = department ? (DEPARTMENTS[department]?.title ?? department) : '村里'
    const reasons = [...facts.reasons, `分流已纠正:属于${title},转${unit.title}。`]
    const moved: StoredCase = { ...stored, department, level, unit: unit.id }
    const giving = await giveToHandler(context, moved, now)
    const marks = marksOf(seal.openContent(stored.content).text, markOf(context))
    return {
      event: 'rerouted',
      to: unit.id,
      set: { department, routing: seal.sealRouting({ ...facts, reasons }), ...giving.set },
      follows: giving.entries,
      reply: replies.transferred(stored.filedAt, unit.title, now),
      detail: { from: stored.department ?? '', to: request.code },
      also: async (session) => {
        await context.collections.lessons.updateOne(
          { _id: stored._id },
          { $set: { marks, department: request.code, at: now } },
          { upsert: true, session },
        )
      },
    }
  })
