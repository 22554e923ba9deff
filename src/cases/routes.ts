/** The console's addresses for cases. */
import { RAW, defineRoute } from '../http/index.ts'
import type { Route } from '../http/index.ts'
import { DomainError } from '../infrastructure/errors.ts'
import type { Actor } from '../people/index.ts'
import type { CaseContext } from './context.ts'
import { stepRoutes } from './step-routes.ts'
import { countAlike, findCluster, getCase, listCases } from './list-cases.ts'
import type { StoredCase } from './model.ts'
import { listAssignees } from './overview/triage.ts'
import { listHelpers } from './help/ask-help.ts'
import { listTemplates } from './reply-templates.ts'
import { listSimilar } from './similar-cases.ts'
import { readsCase } from './policy.ts'
import { presentDetail, presentListItem } from './present.ts'
import type { Around } from './present.ts'
import { CaseFilePath, CasePath, CaseQuery } from './schema.ts'
import type { CaseDetail, CaseList } from './schema.ts'
import { openSeal } from './seals.ts'

/** Whether the account has anything to do with cases is told by what its lists hold, not by a refusal. */
const staff = (actor: Actor): boolean => actor.kind === 'account'

/** Shown in the page; anything else is offered for download only. */
const SHOWN_INLINE = /^image\/(jpeg|png|gif|webp|avif)$|^audio\/|^video\//

export function caseRoutes(context: CaseContext): Route[] {
  const around = async (actor: Actor, now: Date): Promise<Around> => {
    const [organisation, accounts] = await Promise.all([context.organisation(), context.accounts()])
    return { actor, organisation, accounts, now }
  }
  const detail = async (stored: StoredCase, actor: Actor, now: Date): Promise<CaseDetail> => {
    const entries = await context.collections.entries
      .find({ caseId: stored._id }, { promoteBuffers: true })
      .sort({ at: 1, _id: 1 })
      .toArray()
    const [surroundings, cluster] = await Promise.all([around(actor, now), findCluster(context, actor, stored)])
    const alike = new Map(cluster && stored.cluster ? [[stored.cluster.toHexString(), cluster.cases.length]] : [])
    return presentDetail(context, stored, entries, { ...surroundings, alike }, cluster)
  }
  const audited = async (actor: Actor, event: string, id: string): Promise<void> => {
    if (actor.kind === 'account') await context.audit({ event, actor: actor.accountId, subject: id })
  }
  /** Moving a case on may end one's own sight of it. */
  const after = async (stored: StoredCase, actor: Actor, now: Date): Promise<CaseDetail | { gone: true }> =>
    readsCase(actor, stored) ? detail(stored, actor, now) : { gone: true }

  return [
    defineRoute({
      method: 'get',
      path: '/api/console/cases',
      summary: 'Cases that I may see',
      query: CaseQuery,
      policy: staff,
      handler: async ({ actor, query, now }): Promise<CaseList> => {
        const { cases, next, total } = await listCases(context, actor, query)
        const surroundings = { ...(await around(actor, now)), alike: await countAlike(context, actor, cases) }
        return {
          items: cases.map((stored) => presentListItem(context, stored, surroundings)),
          total,
          ...(next && { next }),
        }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/cases/:id',
      summary: 'One case, with what I may do next',
      params: CasePath,
      policy: staff,
      handler: async ({ actor, params, now }) => {
        const stored = await getCase(context, actor, params.id)
        await audited(actor, 'case.read', params.id)
        await markRead(context, stored, actor, now)
        return detail(stored, actor, now)
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/cases/:id/assignees',
      summary: 'Who may be given this case',
      params: CasePath,
      policy: staff,
      handler: async ({ actor, params, now }) => listAssignees(context, actor, [params.id], now),
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/cases/:id/helpers',
      summary: 'Who may be asked to help',
      params: CasePath,
      policy: staff,
      handler: async ({ actor, params }) => listHelpers(context, actor, params.id),
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/cases/:id/reply-templates',
      summary: 'Beginnings of replies for this case',
      params: CasePath,
      policy: staff,
      handler: async ({ actor, params }) => listTemplates(context, actor, params.id),
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/cases/:id/similar',
      summary: 'Closed cases about the like, that I may read',
      params: CasePath,
      policy: staff,
      handler: async ({ actor, params }) => listSimilar(context, actor, params.id),
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/cases/:id/files/:fileId',
      summary: 'Evidence of a case',
      params: CaseFilePath,
      policy: staff,
      handler: async ({ actor, params, koa }) => {
        const stored = await getCase(context, actor, params.id)
        if (!readsCase(actor, stored) || !(await holdsFile(context, stored, params.fileId)))
          throw new DomainError('not_found', 404, '没有找到这个文件。')
        const file = await context.files.read(params.fileId)
        if (!file) throw new DomainError('not_found', 404, '没有找到这个文件。')
        await audited(actor, 'case.file-read', params.id)
        const inline = file.mediaType !== null && SHOWN_INLINE.test(file.mediaType)
        koa.set({
          'Content-Type': inline ? file.mediaType! : 'application/octet-stream',
          'Content-Disposition': inline ? 'inline' : 'attachment',
          'Content-Security-Policy': "default-src 'none'; sandbox",
          'X-Content-Type-Options': 'nosniff',
          'Cache-Control': 'private, no-store',
        })
        koa.body = file.bytes
        return RAW
      },
    }),
    ...stepRoutes(context, after),
  ]
}

/** An assignment counts as read when who has it opens it. */
async function markRead(context: CaseContext, stored: StoredCase, actor: Actor, now: Date): Promise<void> {
  if (actor.kind !== 'account' || stored.assignee !== actor.accountId) return
  if (stored.assigneeReadAt && stored.assignedAt && stored.assigneeReadAt >= stored.assignedAt) return
  await context.collections.cases.updateOne(
    { _id: stored._id, assignee: actor.accountId },
    { $set: { assigneeReadAt: now } },
  )
}

/** Files are reached only through the case that they belong to. */
async function holdsFile(context: CaseContext, stored: StoredCase, fileId: string): Promise<boolean> {
  const seal = openSeal(context.vault, stored)
  if (seal.openContent(stored.content).fileIds.some(({ id }) => id === fileId)) return true
  const entries = context.collections.entries.find({ caseId: stored._id }, { promoteBuffers: true })
  for await (const entry of entries) if (seal.openBody(entry).fileIds?.some(({ id }) => id === fileId)) return true
  return false
}
