/** What is said while something is being taken down. One thing at a time. */
import type { Reply } from '../../channels/index.ts'
import { PROCEDURES } from '../procedures/index.ts'
import type { CaseKind } from '../schema.ts'
import type { Draft, Field, Waiting } from './draft.ts'

const plain = (text: string, short?: string): Reply => ({ text, ...(short && { short }) })

const START: Readonly<Record<CaseKind, string>> = {
  tip: '您说吧,是啥事?想到哪说到哪,照片也行。您是谁会替您保密。',
  petition: '您说吧,遇上啥难处了?照片也行。',
  suggestion: '您说吧,想提个啥建议?',
  dispute: '您说吧,和谁、因为啥闹的?',
  help: '好,我找人联系您。是啥事?',
  disclosure: '您想让村里公开啥?比如“前年修路的账”。',
}

const QUESTIONS: Readonly<Record<Exclude<Field, 'what'>, Partial<Record<CaseKind, string>> & { any: string }>> = {
  who: { any: '说的是谁?名字、职务、小名都行,不知道就回“不知道”。', dispute: '对方是谁?' },
  where: { any: '在哪儿?', help: '您住哪儿?几组、靠近啥地方?' },
  when: { any: '啥时候的事?大概说说就行。', petition: '多长时间了?' },
  evidence: { any: '有照片、票据这些吗?有就发来,没有就回“没有”。' },
}

const WHO_SEES: Readonly<Record<CaseKind, string>> = {
  tip: '只有管这事的纪检干部能看内容,村里和被反映的人看不到;您是谁,密封着谁也看不到。',
  petition: '办这事的干部能看内容;您是谁密封着,他们看不到。',
  suggestion: '办这事的干部能看内容;您是谁密封着,他们看不到。',
  dispute: '来调解的人能看内容;您是谁密封着,要他们联系您,请在话里写上怎么找您。',
  help: '来帮忙的人能看内容,您的住处请写在话里。',
  disclosure: '办这事的干部能看内容;您是谁密封着,他们看不到。',
}

const FIELD_TITLES: Readonly<Record<Exclude<Field, 'what'>, string>> = {
  who: '涉及谁',
  where: '地点',
  when: '时间',
  evidence: '材料',
}

export const fieldTitle = (field: Exclude<Field, 'what'>): string => FIELD_TITLES[field]

/** From the second question on, sending as it is stands open. */
const OFFER = '(也可以回“提交”,就这样交上去)'

export const intake = {
  question(draft: Draft): Reply {
    const { waiting, kind } = draft
    if (waiting === 'confirm') return intake.summary(draft)
    if (waiting === 'name') return intake.askName(draft)
    if (waiting === 'mend') return plain('哪儿不对?把对的说一遍就行。')
    if (waiting.startsWith('mend-')) return plain('好,改成啥?')
    if (waiting === 'what') return draft.doubts ? intake.whatIsWrong(draft) : plain(START[kind])
    const field = waiting as Exclude<Field, 'what'>
    const row = QUESTIONS[field]
    const second = draft.asked.filter((one) => one !== 'what').length >= 2
    return plain(`${row[kind] ?? row.any}${second ? OFFER : ''}`)
  },

  whatIsWrong({ questioned }: Draft): Reply {
    if (!questioned) return plain('您说的是哪笔账?哪儿不对、该是多少,说说就行。')
    const { question, answer } = questioned
    return plain(
      `您问的“${question}”,公布的是:${answer}\n您觉得哪儿不对?该是多少、听谁说的、有啥凭据,都行。说不上来回“不知道”,照样有人核。`,
      `哪儿不对?该是多少、听谁说的、有啥凭据,都行。说不上来回“不知道”,照样有人核。`,
    )
  },

  summary(draft: Draft): Reply {
    const answers = Object.entries(draft.answers) as [Exclude<Field, 'what'>, string][]
    const lines = [
      '我记的是这样:',
      `“${draft.text}”`,
      ...(draft.questioned
        ? [
            `对的是这条答复:“${draft.questioned.question}”,${draft.questioned.answer}(${draft.questioned.recordIds.length > 0 ? `${draft.questioned.recordIds.length}条` : ''}原记录一并交上去)`,
          ]
        : []),
      ...answers.map(([field, said]) => `${FIELD_TITLES[field]}:${said}`),
      ...(draft.files.length > 0 ? [`材料:${draft.files.length}个文件`] : []),
      WHO_SEES[draft.kind],
      '回 1 匿名提交,2 实名提交;要改就说改哪儿,比如“改时间,今年三月”。',
    ]
    const start = draft.text.slice(0, 30)
    return {
      text: lines.join('\n'),
      short: `记的是“${start}${draft.text.length > 30 ? '…' : ''}”。您是谁会密封,办的人看不到。回1匿名提交,2实名提交;要改直接说。`,
      choices: ['匿名提交', '实名提交'],
    }
  },

  /** The summary was shown a moment ago. */
  remind: (): Reply => ({
    text: '您反映的还没交上去。回 1 匿名提交,2 实名提交;要改就说改哪儿。',
    choices: ['匿名提交', '实名提交'],
  }),

  askName: (draft: Draft): Reply =>
    plain(
      PROCEDURES[draft.kind].disciplineOnly
        ? '好,实名的优先办,办完专门告诉您。您的姓名和电话?只密封存着,办案的人也看不到。'
        : '好。您的姓名和电话?只密封存着,办的人看不到。',
    ),
  worry: (worry: 'secrecy' | 'how-long', { kind }: Draft): Reply =>
    plain(
      worry === 'secrecy'
        ? `放心。${WHO_SEES[kind]}`
        : '交上去以后,我马上告诉您归谁办、最晚哪天给您信;您也能随时拿查询码来问。',
    ),
  notAName: (): Reply => plain('没看出姓名和电话,还没交上去。不想留名就回“匿名”,先不交就回“算了”。'),
  noted: (photos: number): Reply => plain(`收到${photos}个文件,放进去了。`),
  voiceKept: (): Reply => plain('语音留下了,当材料;可里头的话我没听清,劳您打字说一下。'),
  left: (): Reply => plain('好的,先放着,没有交上去。想接着说就回“继续”,不要了回“删掉”。'),
  discarded: (): Reply => plain('好的,都删了,什么也没交。想说的时候再找我。'),
  resumed: (): Reply => plain('好,接着上次的说。'),
} as const

export const isMend = (waiting: Waiting): waiting is `mend-${Field}` => waiting.startsWith('mend-')
