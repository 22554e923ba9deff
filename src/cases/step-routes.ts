/** One address for each step that a handler may take. */
import { defineRoute } from '../http/index.ts'
import type { Route } from '../http/index.ts'
import type { Actor } from '../people/index.ts'
import { askHelp, endHelp } from './help/ask-help.ts'
import { askExtension, declineExtension, extendCase, pauseCase, resumeCase } from './change-limits.ts'
import { closeWithLinked } from './close-linked.ts'
import type { CaseContext } from './context.ts'
import {
  acceptCase,
  assignCase,
  disposeTip,
  noteOnCase,
  pressCase,
  recuseFromCase,
  refuseCase,
  reopenCase,
  replyToReporter,
  transferCase,
} from './handle-case.ts'
import type { StoredCase } from './model.ts'
import { rerouteCase } from './reroute-case.ts'
import {
  AcceptCase,
  AssignCase,
  CasePath,
  ChooseOnCase,
  CloseCase,
  ReasonOnCase,
  RecuseCase,
  RefuseCase,
  TextOnCase,
  TransferCase,
} from './schema.ts'
import { AskHelp, EndHelp } from './help/schema.ts'
import type { CaseDetail } from './schema.ts'

type Body =
  | typeof AskHelp
  | typeof EndHelp
  | typeof AssignCase
  | typeof AcceptCase
  | typeof ChooseOnCase
  | typeof ReasonOnCase
  | typeof RecuseCase
  | typeof RefuseCase
  | typeof TextOnCase
  | typeof CloseCase
  | typeof TransferCase

/** @param after what the page is shown once the step is taken */
export function stepRoutes(
  context: CaseContext,
  after: (stored: StoredCase, actor: Actor, now: Date) => Promise<CaseDetail | { gone: true }>,
): Route[] {
  return [
    write('assign', AssignCase, 'Give the case to an account', assignCase),
    write('accept', AcceptCase, 'Accept the case', acceptCase),
    write('refuse', RefuseCase, 'Refuse the case, with the reason', refuseCase),
    write('reply', TextOnCase, 'Write to the villager', replyToReporter),
    write('note', TextOnCase, 'Internal note', noteOnCase),
    write('press', TextOnCase, 'From above: get on with it', pressCase),
    write('ask-extension', ReasonOnCase, 'Ask for a longer limit', askExtension),
    write('extend', ReasonOnCase, 'Approve a longer limit', extendCase),
    write('decline-extension', ReasonOnCase, 'Decline a longer limit', declineExtension),
    write('pause', ChooseOnCase, 'Let the limit rest, for a listed reason', pauseCase),
    write('resume', AcceptCase, 'The limit runs again', resumeCase),
    write('dispose', ChooseOnCase, 'What is to be done with a tip', disposeTip),
    write('close', CloseCase, 'Close with an outcome; the villager is asked whether it was solved', closeWithLinked),
    write('reopen', ReasonOnCase, 'Take it up again', reopenCase),
    write('transfer', TransferCase, 'Pass it on to another unit', transferCase),
    write('reroute', ChooseOnCase, 'Put a wrong routing right; remembered for texts like it', rerouteCase),
    write('ask-help', AskHelp, 'Ask another account to assist or to co-handle', askHelp),
    write('end-help', EndHelp, 'The help has ended', endHelp),
    write('recuse', RecuseCase, 'Stay away from it, or take somebody off it', recuseFromCase),
  ]

  function write<B extends Body>(
    verb: string,
    body: B,
    summary: string,
    act: (context: CaseContext, actor: Actor, request: { id: string } & ReturnType<B['parse']>) => Promise<StoredCase>,
  ): Route {
    return defineRoute({
      method: 'post',
      path: `/api/console/cases/:id/${verb}`,
      summary,
      params: CasePath,
      body,
      // Whether the account may take the step is asked of the procedure; what it may not see is not there.
      policy: (actor) => actor.kind === 'account',
      handler: async ({ actor, params, body: given, now }) => {
        const request = { ...(given as object), id: params.id } as { id: string } & ReturnType<B['parse']>
        return after(await act(context, actor, request), actor, now)
      },
    })
  }
}
