/** The console's addresses for importing, checking and publishing. */
import { RAW, defineRoute } from '../../http/index.ts'
import type { Route } from '../../http/index.ts'
import { DomainError } from '../../infrastructure/errors.ts'
import type { Services } from '../../infrastructure/services.ts'
import type { AccountActor, Actor } from '../../people/index.ts'
import { authorize, can } from '../../people/index.ts'
import { IMPORT_KINDS, KINDS } from '../import/kinds.ts'
import type { ImportKind } from '../import/kinds.ts'
import { MAX_BYTES } from '../import/limits.ts'
import { makeTemplate } from '../import/template.ts'
import { submissionPolicy as may, villagesOf } from '../sign-off-rule.ts'
import type { Audit } from './audit.ts'
import { submissionCollections } from './model.ts'
import { presentDetail, presentPreview, presentSummary } from './present.ts'
import { readSubmission } from './read-submission.ts'
import type { SubmissionInput } from './read-submission.ts'
import { submissionReplies as say } from './replies.ts'
import { ReturnStep, SignStep, SubmissionFields, SubmissionPath, SubmissionQuery, TemplatePath } from './schema.ts'
import type { ImportChoices, SubmissionDetail, SubmissionList, SubmissionPreview } from './schema.ts'
import { takeStep } from './sign.ts'
import { submit } from './submit.ts'

export interface SubmissionDeps {
  services: Services
  audit: Audit
  villages(): Promise<readonly { id: string; name: string }[]>
  /** Called when something was published: what is held in memory is forgotten at once. */
  published(): void
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const UPLOAD = { maxBytes: MAX_BYTES, count: 1 }
const LISTED = 200

const kindOf = (written: string): ImportKind => {
  const kind = IMPORT_KINDS.find((each) => each === written)
  if (!kind)
    throw new DomainError(
      'kind_unknown',
      400,
      say.unknownKind(IMPORT_KINDS.map((each) => KINDS[each].title).join('、')),
    )
  return kind
}

export function submissionRoutes({ services, audit, villages, published }: SubmissionDeps): Route[] {
  const { submissions } = submissionCollections(services.connection)
  const nameOf = async (villageId: string): Promise<string> =>
    (await villages()).find(({ id }) => id === villageId)?.name ?? villageId

  const inputOf = async (
    actor: Actor,
    fields: SubmissionFields,
    files: readonly { name: string; bytes: Buffer }[],
  ): Promise<SubmissionInput> => {
    const kind = kindOf(fields.kind)
    if (!(await villages()).some(({ id }) => id === fields.villageId))
      throw new DomainError('village_unknown', 400, say.unknownVillage)
    authorize(may, 'submission.draft', actor, { villageId: fields.villageId, class: KINDS[kind].class })
    const [file] = files
    return { ...fields, kind, file: file ? { name: file.name, bytes: file.bytes } : null }
  }

  const read = async (actor: Actor, id: string): Promise<SubmissionDetail> => {
    const stored = await submissions.findOne({ _id: id })
    if (!stored || !can(may, 'submission.read', actor, stored)) throw new DomainError('not_found', 404, say.notFound)
    return presentDetail(stored, actor, await nameOf(stored.villageId))
  }

  const step = (name: 'check' | 'publish' | 'withdraw', summary: string, policy: (actor: Actor) => boolean): Route =>
    defineRoute({
      method: 'post',
      path: `/api/console/submissions/:id/${name}`,
      summary,
      params: SubmissionPath,
      body: SignStep,
      policy,
      handler: async ({ actor, params, body }): Promise<SubmissionDetail> => {
        await takeStep({ services, audit }, actor as AccountActor, params.id, name, body)
        if (name === 'publish') published()
        return read(actor, params.id)
      },
    })

  return [
    defineRoute({
      method: 'get',
      path: '/api/console/submission-kinds',
      summary: 'What may be imported, and for which villages',
      policy: may['submissions.list'],
      handler: async ({ actor }): Promise<ImportChoices> => {
        const own = villagesOf(actor)
        return {
          kinds: IMPORT_KINDS.map((kind) => {
            const { title, class: of, falls, missing, sheets, readDocument } = KINDS[kind]
            const required = Object.values(sheets[0]?.shape ?? {}).flatMap((column) =>
              column.required ? [column.names[0] ?? ''] : [],
            )
            return {
              kind,
              title,
              className: say.classes[of],
              standing: falls === 'standing',
              missing,
              document: readDocument !== undefined,
              required,
            }
          }),
          villages: (await villages())
            .filter(({ id }) => own === null || own.includes(id))
            .map(({ id, name }) => ({ id, name })),
          maySubmit: may['submissions.submit'](actor),
        }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/submission-templates/:kind',
      summary: 'An empty workbook to fill in',
      params: TemplatePath,
      policy: may['submissions.list'],
      handler: async ({ params, koa }) => {
        const kind = kindOf(params.kind)
        koa.set({
          'Content-Type': XLSX,
          'Content-Disposition': `attachment; filename="${kind}.xlsx"; filename*=UTF-8''${encodeURIComponent(KINDS[kind].title)}.xlsx`,
        })
        koa.body = await makeTemplate(kind)
        return RAW
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/submissions/preview',
      summary: 'What a file would change; nothing is kept',
      body: SubmissionFields,
      files: UPLOAD,
      policy: may['submissions.submit'],
      handler: async ({ actor, body, files }): Promise<SubmissionPreview> =>
        presentPreview(await readSubmission(services, await inputOf(actor, body, files))),
    }),
    defineRoute({
      method: 'post',
      path: '/api/console/submissions',
      summary: 'Hand a file in to be checked',
      body: SubmissionFields,
      files: UPLOAD,
      policy: may['submissions.submit'],
      handler: async ({ actor, body, files }): Promise<SubmissionDetail> => {
        const input = await inputOf(actor, body, files)
        const { accountId, displayName: name } = actor as AccountActor
        const given = { ...input, reason: body.reason }
        const stored = await submit(services, given, await readSubmission(services, input), { accountId, name }, audit)
        return read(actor, stored._id)
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/submissions',
      summary: 'Files on their way to publication, newest first',
      query: SubmissionQuery,
      policy: may['submissions.list'],
      handler: async ({ actor, query }): Promise<SubmissionList> => {
        const own = villagesOf(actor)
        const mine = own === null ? {} : { villageId: { $in: [...own] } }
        const states = ['draft', 'checked', 'published', 'returned', 'withdrawn'] as const
        const [found, names, ...counts] = await Promise.all([
          submissions
            .find({ ...mine, ...(query.state && { state: query.state }) }, { projection: { changes: 0 } })
            .sort({ updatedAt: -1 })
            .limit(LISTED)
            .toArray(),
          villages(),
          ...states.map(async (state) => submissions.countDocuments({ ...mine, state }, { limit: 1000 })),
        ])
        const name = (villageId: string): string => names.find(({ id }) => id === villageId)?.name ?? villageId
        return {
          items: found.map((stored) => presentSummary(stored, actor, name(stored.villageId))),
          counts: Object.fromEntries(
            states.map((state, index) => [state, counts[index] ?? 0]),
          ) as SubmissionList['counts'],
        }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/console/submissions/:id',
      summary: 'One of them, with what it changes and what was masked',
      params: SubmissionPath,
      policy: may['submissions.list'],
      handler: async ({ actor, params }) => read(actor, params.id),
    }),
    step('check', 'The supervision committee agrees', may['submissions.check']),
    step('publish', 'Publish what was checked', may['submissions.publish']),
    step('withdraw', 'Take it back', may['submissions.submit']),
    defineRoute({
      method: 'post',
      path: '/api/console/submissions/:id/return',
      summary: 'Send it back with a reason',
      params: SubmissionPath,
      body: ReturnStep,
      policy: (actor) => may['submissions.check'](actor) || may['submissions.publish'](actor),
      handler: async ({ actor, params, body }): Promise<SubmissionDetail> => {
        await takeStep({ services, audit }, actor as AccountActor, params.id, 'return', body)
        return read(actor, params.id)
      },
    }),
  ]
}
