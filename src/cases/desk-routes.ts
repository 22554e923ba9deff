/** The console's addresses beside single cases: entering what came by phone, letter or visit; days away; reminders on one's phone. */
import { defineRoute } from '../http/index.ts'
import type { Route } from '../http/index.ts'
import { DomainError } from '../infrastructure/errors.ts'
import type { AccountActor, Actor } from '../people/index.ts'
import type { CaseContext } from './context.ts'
import { enterCase } from './enter-case.ts'
import { createChannelCode, endAbsence, forgetChannel, hasChannel, listAbsences, planAbsence } from './handler-desk.ts'
import { takesReports } from './policy.ts'
import { Absence, AbsencePath, EnterCase } from './schema.ts'

function account(actor: Actor): AccountActor {
  if (actor.kind !== 'account') throw new DomainError('sign_in_needed', 401, '请先登录。')
  return actor
}

export function deskRoutes(context: CaseContext): Route[] {
  const policy = takesReports
  return [
    defineRoute({
      method: 'post',
      path: '/api/console/cases',
      summary: 'Enter a case that came by phone, letter or visit',
      body: EnterCase,
      policy,
      handler: async ({ actor, body }) => enterCase(context, account(actor), body),
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/absences',
      summary: 'Who is away, among those whose days I may plan',
      policy,
      handler: async ({ actor }) => listAbsences(context, account(actor)),
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/absences',
      summary: 'Plan days away, my own or those of my unit',
      body: Absence,
      policy,
      handler: async ({ actor, body }) => {
        await planAbsence(context, account(actor), body)
        return listAbsences(context, account(actor))
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/console/absences/:accountId',
      summary: 'Back at work',
      params: AbsencePath,
      policy,
      handler: async ({ actor, params }) => {
        await endAbsence(context, account(actor), params.accountId)
        return listAbsences(context, account(actor))
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/reminders',
      summary: 'Whether I am reminded on my phone',
      policy,
      handler: async ({ actor }) => hasChannel(context, account(actor)),
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/reminders/code',
      summary: 'A code to send to the bot from my own phone, to be reminded there',
      policy,
      handler: async ({ actor }) => createChannelCode(context, account(actor)),
    }),
    defineRoute({
      method: 'delete',
      path: '/api/console/reminders',
      summary: 'No reminders on my phone any more',
      policy,
      handler: async ({ actor }) => {
        await forgetChannel(context, account(actor))
        return { ok: true }
      },
    }),
  ]
}
