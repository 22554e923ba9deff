/** Asking another unit in: to assist (sees, notes) or to co-handle (takes steps too). The same policy as for giving it to somebody. */
import { shanghaiDate } from '../../infrastructure/clock.ts'
import { DomainError } from '../../infrastructure/errors.ts'
import type { AccountActor, Actor } from '../../people/index.ts'
import type { CaseContext } from '../context.ts'
import { awayToday } from '../give-to-handler.ts'
import { getCase } from '../list-cases.ts'
import type { StoredCase } from '../model.ts'
import { canHelp, stepFor } from '../policy.ts'
import { console as words, replies } from '../replies.ts'
import { BY_CONDUCT } from '../routing/levels.ts'
import { HELP_MODES } from '../schema.ts'
import type { AskHelp, CaseHelpers, EndHelp } from './schema.ts'
import { takeStep } from '../take-step.ts'
import type { Request } from '../take-step.ts'

/** So many help at the same time. */
const MOST_HELPERS = 10

/** Who may be asked. Who must not know of the case is not among them, as if there were no such account. */
export async function listHelpers(context: CaseContext, actor: Actor, id: string): Promise<CaseHelpers> {
  const stored = await getCase(context, actor, id)
  if (!stepFor(actor, stored, 'ask-help')) return { items: [] }
  const [accounts, organisation, away] = await Promise.all([
    context.accounts(),
    context.organisation(),
    awayToday(context, context.clock.now()),
  ])
  return {
    items: accounts.flatMap((account) => {
      const modes = HELP_MODES.filter((mode) => mayBeAsked(actor, account, stored, mode))
      if (modes.length === 0 || away.has(account.accountId)) return []
      const { accountId, displayName, unit } = account
      return [
        { accountId, displayName, unitName: organisation.units.find((one) => one.id === unit)?.name ?? '', modes },
      ]
    }),
  }
}

const mayBeAsked = (actor: Actor, account: AccountActor, stored: StoredCase, mode: AskHelp['mode']): boolean =>
  !(actor.kind === 'account' && actor.accountId === account.accountId) && canHelp(account, stored, mode)

/** Asked again, the newer asking counts. @throws DomainError helper_not_eligible, helper_away, help_due_past, helpers_full */
export const askHelp = async (context: CaseContext, actor: Actor, request: Request & AskHelp): Promise<StoredCase> =>
  takeStep(context, actor, 'ask-help', request, async (stored, now) => {
    const account = (await context.accounts()).find(({ accountId }) => accountId === request.accountId)
    if (!account || !mayBeAsked(actor, account, stored, request.mode))
      throw new DomainError('helper_not_eligible', 400, words.helperNotEligible)
    if ((await awayToday(context, now)).has(account.accountId))
      throw new DomainError('helper_away', 400, words.helperAway(account.displayName))
    if (request.due < shanghaiDate(now)) throw new DomainError('help_due_past', 400, words.helpDuePast)
    const { accountId, mode, due } = request
    const others = (stored.helpers ?? []).filter((one) => one.accountId !== accountId)
    if (others.length >= MOST_HELPERS) throw new DomainError('helpers_full', 400, words.helpersFull)
    return {
      event: 'help-asked',
      to: accountId,
      body: { text: `${words.helpModes[mode]},${due}前:${request.text}` },
      set: { helpers: [...others, { accountId, mode, due, unit: stored.unit }] },
      detail: { mode, to: accountId },
      also: async (session) => {
        const handler = await context.collections.handlers.findOne({ _id: accountId }, { session })
        // A tip is not spoken of on a telephone: that there is something, not what.
        const kindTitle = BY_CONDUCT.has(stored.kind) ? null : context.procedures[stored.kind].title
        if (handler?.contactId)
          await context.say(session, handler.contactId, replies.toHandler('help-asked', kindTitle, due, now))
      },
    }
  })

/** From then on it does not exist for them, unless it is theirs by other ways. */
export const endHelp = async (context: CaseContext, actor: Actor, request: Request & EndHelp): Promise<StoredCase> =>
  takeStep(context, actor, 'end-help', request, (stored) => {
    const helpers = (stored.helpers ?? []).filter(({ accountId }) => accountId !== request.accountId)
    if (helpers.length === (stored.helpers ?? []).length)
      throw new DomainError('helper_unknown', 400, words.helperUnknown)
    return { event: 'help-ended', to: request.accountId, set: { helpers } }
  })
