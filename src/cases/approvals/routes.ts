/** The console's addresses for what needs a second person. */
import { defineRoute } from '../../http/index.ts'
import type { Route } from '../../http/index.ts'
import { DomainError } from '../../infrastructure/errors.ts'
import type { AccountActor, Actor } from '../../people/index.ts'
import type { CaseContext } from '../context.ts'
import { getCase } from '../list-cases.ts'
import { readsCase } from '../policy.ts'
import { console as words } from '../replies.ts'
import { CasePath } from '../schema.ts'
import { decideApproval, openIdentity, requestIdentity, requestSending } from './ask-second-person.ts'
import { checkText } from './hold-leaks.ts'
import { countApprovals, listApprovals } from './list-approvals.ts'
import { ApprovalPath, ApprovalQuery, CheckText, DecideApproval, RequestIdentity, RequestSending } from './schema.ts'

const staff = (actor: Actor): boolean => actor.kind === 'account'

export function approvalRoutes(context: CaseContext): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/console/approvals',
      summary: 'What was asked of a second person',
      query: ApprovalQuery,
      policy: staff,
      handler: async ({ actor, query }) => listApprovals(context, actor as AccountActor, query),
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/approval-count',
      summary: 'How many wait for me, how many of mine were decided',
      policy: staff,
      handler: async ({ actor }) => countApprovals(context, actor as AccountActor),
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/cases/:id/identity-requests',
      summary: 'Ask to open the identity of who reported',
      params: CasePath,
      body: RequestIdentity,
      policy: staff,
      handler: async ({ actor, params, body }) => ({
        id: await requestIdentity(context, actor as AccountActor, params.id, body),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/cases/:id/send-requests',
      summary: 'Ask that a text be sent although the leak check held it',
      params: CasePath,
      body: RequestSending,
      policy: staff,
      handler: async ({ actor, params, body }) => ({
        id: await requestSending(context, actor as AccountActor, params.id, body),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/cases/:id/leak-check',
      summary: 'What a text would tell its readers about who reported',
      params: CasePath,
      body: CheckText,
      policy: staff,
      handler: async ({ actor, params, body }) => {
        const stored = await getCase(context, actor, params.id)
        if (!readsCase(actor, stored)) throw new DomainError('not_found', 404, words.notFound)
        return { leaks: await checkText(context, actor as AccountActor, stored, body) }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/approvals/:id/decide',
      summary: 'Approve or refuse, as the second person',
      params: ApprovalPath,
      body: DecideApproval,
      policy: staff,
      handler: async ({ actor, params, body }) => {
        await decideApproval(context, actor as AccountActor, params.id, body)
        return { ok: true }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/approvals/:id/open',
      summary: 'Look at the identity that was approved',
      params: ApprovalPath,
      policy: staff,
      handler: async ({ actor, params }) => openIdentity(context, actor as AccountActor, params.id),
    }),
  ]
}
