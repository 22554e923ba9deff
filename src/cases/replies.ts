/** Every sentence about cases that a villager reads, and the words of the console about them. Short, warm, one thing at a time. */
import type { Reply } from '../channels/index.ts'
import { shanghaiDate } from '../infrastructure/clock.ts'
import { formatReceiptCode } from './receipt-code.ts'
import type { CaseEvent, CaseSource } from './model.ts'

/** 2026-12-08 → 12月8日; with the year when it is not this one's. */
export function sayDay(date: string, now: Date): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${shanghaiDate(now).startsWith(String(year)) ? '' : `${year}年`}${month}月${day}日`
}

const plain = (text: string, short?: string): Reply => ({ text, ...(short && { short }) })

const byDay = (due: string | null, now: Date): string => (due ? `${sayDay(due, now)}前` : '')

export const replies = {
  day: sayDay,
  receipt: (input: {
    code: string
    proof: { url: string; check: string }
    unit: string
    due: string | null
    dueTitle: string
    anonymous: boolean
    now: Date
  }): Reply => {
    const code = formatReceiptCode(input.code)
    const until = input.due ? `${byDay(input.due, input.now)}${input.dueTitle}` : input.dueTitle
    return {
      text: `收到了,已经交给${input.unit}。\n您的查询码:${code}\n${until},会在这儿告诉您。\n凭这个码,您在微信、短信、网页上都能查、能补充。别告诉别人。\n凭证(证明交过、没被改):${input.proof.url} 校验码${input.proof.check}`,
      short: `已交给${input.unit}。查询码${code},请记好,别告诉别人。${until}。查进度就把这个码发来。凭证${input.proof.url} 校验${input.proof.check}`,
      card: {
        title: '受理回执',
        figure: code,
        rows: [
          { label: '交给', value: input.unit },
          ...(input.due ? [{ label: input.dueTitle, value: byDay(input.due, input.now) }] : []),
          { label: '凭证校验码', value: input.proof.check },
          { label: '方式', value: input.anonymous ? '匿名' : '实名(身份密封)' },
        ],
      },
    }
  },
  receiptUnknown: (): string => '没有这张凭证,请看看链接是不是完整。',
  joined: (): Reply => plain('这事您之前反映过,正在办。这次说的我加进去了,还用原来的查询码。'),
  tooManyToday: (count: number): Reply =>
    plain(`您今天已经反映了${count}件,都记着呢。先让他们办着,明天再说新的;要补充哪一件,发“补充”加查询码。`),

  whichCase: (): Reply => plain('您说的是哪一件?把10位查询码发来就行,比如“查 358-104-2297”。'),
  codeMistyped: (): Reply => plain('这个查询码好像有个数字不对,劳您对一下再发。'),
  codeUnknown: (left: number): Reply =>
    plain(`没查到这个码。劳您对一下回执再发${left <= 2 ? `(还能试${Math.max(left, 0)}次)` : ''}。`),
  codeLocked: (): Reply => plain('试错的次数多了,为了保密先停一小时。急的话可以打镇里值班电话。'),

  status: (input: {
    kindTitle: string
    filedAt: Date
    stateTitle: string
    steps: string
    next: string
    lastReply: string | null
    outcome: string | null
    now: Date
  }): Reply => {
    const head = `您${sayDay(shanghaiDate(input.filedAt), input.now)}反映的事(${input.kindTitle}):${input.stateTitle}。`
    const lines = [
      head,
      input.steps,
      input.next,
      input.outcome ? `结果:${input.outcome}` : '',
      input.lastReply ? `最近一次回复:${input.lastReply}` : '',
    ].filter(Boolean)
    return { text: lines.join('\n'), short: clip([head, input.outcome ?? '', input.next].filter(Boolean).join('')) }
  },
  nextBy: (title: string, due: string | null, now: Date): string =>
    due ? `${byDay(due, now)}${title}。` : `${title}中。`,
  overdue: (): string => '已经过了期限。回“催一下”,我替您催。',

  // The page that is opened with the receipt.
  stepFiled: (): string => '收到',
  stepClosed: (): string => '办结',
  lateOnWeb: (): string => '已经过了期限。可以点“催一下”。',
  urgedOnWeb: (): string => '在网页上催办',
  notContent: (): string => '对结果不认可',

  supplementAsk: (): Reply => plain('您说,要补充什么?文字、照片都行。'),
  supplemented: (photos: number): Reply =>
    plain(photos > 0 ? `加进去了(含${photos}个文件),办的人会看到。` : '加进去了,办的人会看到。'),
  urged: (): Reply => plain('已经替您催了,办的人会看到。'),
  urgedAlready: (): Reply => plain('今天已经替您催过了,我盯着。'),
  urgedClosed: (): Reply => plain('这件已经办结了。不满意可以说“我不服”,要求复查。'),
  withdrawAsk: (kindTitle: string): Reply =>
    plain(`要撤回这件${kindTitle}吗?撤了就不再办了。确定就回“撤回 ”加查询码。`),
  withdrawn: (): Reply => plain('好,给您撤了。以后想再说,随时找我。'),
  withdrawnTip: (): Reply => plain('好,记下您撤回了。已经发现的问题,组织上可能还会继续核查,不会说出您。'),
  cannotWithdraw: (stateTitle: string): Reply => plain(`这件已经${stateTitle},不用撤了。`),
  rateAsk: (): Reply => plain('这件还没办结,办结了我再问您满不满意。'),
  rated: (score: 1 | 2 | 3): Reply =>
    plain(
      score === 1
        ? '谢谢您,解决了就好。'
        : score === 2
          ? '谢谢您说实话,我转告他们再上点心。'
          : '记下了,还没解决。不服这个结果,回“我不服”加一句原因,上面再看一遍。',
    ),
  noRatingOpen: (): Reply => plain('好的。还想问啥,直接说就行。'),
  reviewAsked: (unit: string, second: boolean): Reply =>
    plain(`记下了,您对结果不服,要求再看一遍。交给${unit}${second ? '复核' : '复查'},30日内给您说法。`),
  nextLevel: (): string => '上一级',
  reviewTooLate: (last: string, now: Date): Reply =>
    plain(`要求再看一遍的期限是${sayDay(last, now)},已经过了。有新情况、新证据,说“补充”加您的话,会看的。`),
  reviewFinal: (): Reply =>
    plain('这件已经复核过了,同一件事、同样的理由不再受理。还不服的,可以到法院起诉,打12348问法律援助。'),
  disputed: (): Reply => plain('记下您不认可这个结果了,办的人和负责人都会看到。有新证据就发来,会再核。'),
  disputedAgain: (): Reply => plain('记下了,没解决。给您重新办,有结果告诉您。'),
  reviewNotYet: (): Reply => plain('这件还在办,没有结果。办完您不满意,再说“我不服”就行。'),
  reviewNotHere: (): Reply => plain('记下您不满意了,办的人会看到。有新情况、新证据,说“补充”加您的话,会再核。'),

  clearanceNoted: (): Reply =>
    plain('澄清正名要由核实这件事的机关来办。请您到镇纪委书面提出,或打值班电话问清楚,这里不谈具体的人和事。'),

  /** Where the law has another way. */
  elsewhere: (advice: readonly string[]): Reply => plain(`${advice.join('')}您反映的也给您记下了。`),
  alike: (count: number): Reply => plain(`同一件事还有${count}人反映,会放在一起查,您的查询码还是您自己的。`),
  paired: (): Reply => plain('好了,以后办件到期提醒发到这儿。不要了在后台“我的提醒”里关。'),

  followUpNo: (): Reply => plain('那就好。以后有人难为您,随时告诉我。'),
  followUpYes: (code: string, unit: string): Reply =>
    plain(`记下了,这事急办,已经直接交给${unit}。查询码${formatReceiptCode(code)}。有人身危险请先打110。`),
  /** The words of the case that follows. */
  retaliation: (words: string, first: string): string => `反映人说因举报受到打击报复:${words}
原来反映的事:${first}`,

  // Sent outside of a turn.
  followUp: (days: number): Reply => ({
    text: `您以前反映的事办完${days}天了。这些日子有没有人因为这个难为您?回 1 没有 2 有`,
    choices: ['没有', '有'],
  }),
  confirmAgreement: (until: string, now: Date): string =>
    `双方可以在${sayDay(until, now)}前一起到法院申请司法确认,确认后对方不履行能申请强制执行。`,
  paused: (filedAt: Date, reason: string, text: string, waits: boolean, now: Date): Reply =>
    plain(
      `您${sayDay(shanghaiDate(filedAt), now)}反映的事先停一停:${reason}${text ? `,${text}` : ''}。${waits ? '您发“补充”加要补的,就接着办。' : '这段时间不算在期限里。'}`,
    ),
  resumed: (filedAt: Date, due: string | null, now: Date): Reply =>
    plain(`您${sayDay(shanghaiDate(filedAt), now)}反映的事接着办了${due ? `,${sayDay(due, now)}前给您结果` : ''}。`),
  /** To the handler's own phone: that there is something, never what. */
  toHandler: (change: CaseEvent, kindTitle: string | null, due: string | null, now: Date): Reply => {
    const what = kindTitle ? `一件${kindTitle}` : '一件事项'
    const until = due ? `(期限${sayDay(due, now)})` : ''
    if (change === 'escalated') return plain(`您手上${what}超期了${until},上级已经看到,请马上办。`)
    if (change === 'help-asked') return plain(`请您协助办理${what}${until},请到后台看。`)
    if (change === 'returned') return plain(`有${what}转到您手上${until},请到后台看。`)
    return plain(`您手上${what}快到期了${until},请到后台办理。`)
  },
  accepted: (filedAt: Date, due: string | null, now: Date): Reply =>
    plain(
      `您${sayDay(shanghaiDate(filedAt), now)}反映的事受理了${due ? `,${sayDay(due, now)}前给您结果` : ''}。查进度把查询码发来就行。`,
    ),
  refused: (filedAt: Date, text: string, now: Date): Reply =>
    plain(`您${sayDay(shanghaiDate(filedAt), now)}反映的事,这里办不了:${text}`),
  transferred: (filedAt: Date, unit: string | null, now: Date): Reply =>
    plain(`您${sayDay(shanghaiDate(filedAt), now)}反映的事转给${unit ?? '有权处理的机关'}办了,查询码不变。`),
  extended: (filedAt: Date, due: string | null, reason: string, now: Date): Reply =>
    plain(
      `您${sayDay(shanghaiDate(filedAt), now)}反映的事情况复杂,要多办些日子${due ? `,最晚${sayDay(due, now)}` : ''}。原因:${reason}`,
    ),
  handlerReply: (filedAt: Date, text: string, now: Date): Reply =>
    plain(`您${sayDay(shanghaiDate(filedAt), now)}反映的事有回话:\n${text}\n(要接着说,发“补充”加您的话。)`),
  closed: (filedAt: Date, outcome: string, text: string, now: Date): Reply => ({
    text: `您${sayDay(shanghaiDate(filedAt), now)}反映的事办完了:${outcome}。\n${text}\n解决了吗?回个数:1 解决了 2 一般 3 没解决`,
    choices: ['解决了', '一般', '没解决'],
  }),
  reopened: (filedAt: Date, now: Date): Reply =>
    plain(`您${sayDay(shanghaiDate(filedAt), now)}反映的事重新办了,有结果告诉您。`),
} as const

function clip(text: string): string {
  return text.length > 140 ? `${text.slice(0, 139)}…` : text
}

/** Words of the console. */
export const console = {
  named: '实名群众(身份已密封)',
  anonymous: '匿名群众',
  system: '系统',
  formerAccount: '已停用账号',
  onDuty: '值班电话',
  toFillIn: '__',
  helpModes: { assist: '协助', 'co-handle': '协办' },
  helperNotEligible: '这个账号不能协办这件事项,请换一位。',
  helperAway: (name: string): string => `${name}这几天不在岗,请换一位。`,
  helpDuePast: '协办的日子已经过了,请另选一天。',
  helpersFull: '协办的人太多了,请先结束几位。',
  helperUnknown: '这个人现在没有在协办。',
  noVillage: '未说明村',
  everything: '合计',
  statistics: {
    sheets: { kind: '按类别', place: '按村', month: '按月' },
    columns: ['项目', '件数', '平均办结天数', '满意率', '按期率'],
    hiddenCell: '不公布',
    smallCells: (year: number): string =>
      `${year}年。少于5件的不公布,并连带隐去其他项,以免推算出个人。满意率=评价“解决了”的占比。`,
  },
  complainedOf: '被反映人',
  concerned: '诉求涉及的人',
  alsoNamed: '提到的人',
  ratingAsked: '等群众评价',
  notFound: '没有找到这件事项。',
  notAllowed: '您没有这项权限。',
  leakFound: '这段话可能会暴露反映人或别人的信息,先没有发出。请改一改;一定要这样发,请第二个人同意。',
  leakChecksSpent: '这件事项今天试写姓名的次数太多了,已经记录。请不要写姓名。',
  approvalOver: '这项申请已经办过或者过期了,请重新申请。',
  approvalReasonMissing: '不同意的,请写一句理由,好让对方知道怎么改。',
  approvalTooLate: '事项已经到了别的步骤,这句话发不出去了,请退回并说明。',
  approvals: { identity: '查看反映人身份', message: '发出被拦下的话' },
  approvalStates: { open: '等第二人审批', approved: '已同意', refused: '没有同意', expired: '已过期' },
  scores: { 1: '解决了', 2: '一般', 3: '没解决' } as const,
  sources: {
    channel: '群众自己发来',
    phone: '来电',
    letter: '来信',
    visit: '来访',
    'follow-up': '回访中反映受到报复',
  } satisfies Record<CaseSource, string>,
  ownVillage: '村里自己的事',
  events: {
    filed: '群众反映',
    routed: '自动分流',
    assigned: '分派',
    accepted: '受理',
    refused: '不予受理',
    replied: '回复群众',
    noted: '内部备注',
    'help-asked': '请人协办',
    'help-ended': '结束协办',
    transferred: '转办',
    extended: '批准延期',
    closed: '办结',
    reopened: '重新办理',
    supplemented: '群众补充',
    urged: '群众催办',
    withdrawn: '群众撤回',
    rated: '群众评价',
    'review-asked': '群众要求再看一遍',
    disputed: '群众不认可结果',
    'extension-asked': '申请延期',
    'extension-declined': '不同意延期',
    paused: '中止计时',
    resumed: '恢复计时',
    disposed: '提出处置意见',
    rerouted: '纠正分流',
    recused: '回避',
    climbed: '提到上一级',
    linked: '和别的反映关联',
    reminded: '到期提醒',
    escalated: '超期,上级督办',
    returned: '一天没看,收回另派',
    pressed: '督办',
    'followed-up': '回访有没有受到报复',
  } satisfies Record<CaseEvent, string>,
} as const
