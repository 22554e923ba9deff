/** Putting a question to the next press conference. */
import type { Skill } from '../conversation/index.ts'
import type { ConferenceContext } from './context.ts'
import { recordQuestion } from './record-question.ts'
import { replies } from './replies.ts'

const ANNOUNCES =
  /我要|我想|俺想|想|要|在|给|向|下次|下一次|下回|这次|下季度|村情|发布会|上|提|问|一?个|问题|一下|[,,。.!!??、\s了吧呢的]/gu

export function conferenceSkills(context: ConferenceContext): Skill[] {
  return [
    {
      name: 'conferences.question',
      intents: ['report.conference-question'],
      async answer({ segment, contact, villageId, now }) {
        if (segment.text.replaceAll(ANNOUNCES, '').length < 2) return { replies: [replies.askWhat()] }
        return {
          replies: [replies.forConference()],
          commit: async (session) =>
            recordQuestion(context, session, {
              villageId,
              contactId: contact.id,
              question: segment.text,
              reason: 'for-conference',
              intent: 'report.conference-question',
              at: now,
            }),
        }
      },
    },
  ]
}
