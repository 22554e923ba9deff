/** The township's and county's offices: who looks after what, their phone and hours. Office lines only. */
import type { Answer, Asker, Office, Question } from '../answers/answer.ts'
import { clip } from '../format.ts'
import { officeReplies as say } from './office-replies.ts'

const ASKS =
  /(电话|号码|联系|几点|上班|下班|周末|周六|星期|办公|在哪|找谁|找哪|哪个部门|谁管|谁负责|归谁|哪里管|哪管|上哪)/
const WHO = /(谁管|谁负责|归谁|找谁|找哪|哪个部门|哪里管|哪管)/
/** What people call an office → part of its name. */
const CALLED: readonly [RegExp, string][] = [
  [/(镇政府|乡政府|镇上的?电话|政府办)/, '党委政府'],
  [/(土地所|国土所|土管所)/, '自然资源所'],
  [/(医院)/, '卫生院'],
  [/(办事大厅|服务大厅|便民大厅)/, '便民服务中心'],
  [/(农经站|经管站|三资)/, '农村经济服务中心'],
  [/(调解)/, '司法所'],
]

export const officeAsker: Asker = {
  name: 'office',
  claims: (question) => {
    if (!ASKS.test(question.text)) return 0
    const [first] = find(question)
    return first
      ? first.byName
        ? 5
        : WHO.test(question.text) && /(镇|乡|县|上边|上级)/.test(question.text)
          ? 5
          : 0
      : 0
  },
  async answer(question) {
    if (!ASKS.test(question.text)) return null
    const found = find(question)
    return found.length > 0
      ? told(
          question,
          found.slice(0, 3).map(({ office }) => office),
        )
      : null
  },
}

/** By name first; by what an office looks after only when somebody asks who does. */
function find({ text, offices, village }: Question): { office: Office; byName: boolean }[] {
  const named = offices.flatMap((office) => {
    const own = office.name.replace(/^.{2,3}[市县区镇乡]/, '')
    const place = office.name.slice(0, office.name.length - own.length)
    const called = CALLED.some(([words, part]) => own.includes(part) && words.test(text))
    // 县纪委 is not the 镇纪委: which level is asked for counts.
    const level = /[市县区镇乡]$/.exec(place)?.[0] ?? ''
    const asked = /[市县](?=纪委|监委|信访|民政|里|上)/.exec(text)?.[0]
    if (asked ? asked !== level : level === '县' || level === '市') return []
    const short = own.replace(/(办|所|站|局|中心|监委)$/, '')
    const hit =
      called || text.includes(own) || (short.length >= 2 && text.includes(short) && !/申请|办理|补/.test(text))
    return hit && own !== village.name ? [{ office, byName: true, length: own.length }] : []
  })
  if (named.length > 0) return named.sort((a, b) => b.length - a.length).slice(0, 1)
  if (!WHO.test(text)) return []
  return offices
    .filter(({ duties }) => duties.split(/[、,，\s]+/u).some((duty) => duty.length >= 2 && text.includes(duty)))
    .map((office) => ({ office, byName: false }))
}

function told({ text }: Question, offices: readonly Office[]): Answer {
  const [first] = offices as [Office, ...Office[]]
  const lead =
    WHO.test(text) && first.duties
      ? say.looksAfter(first)
      : /(几点|上班|下班|周末|周六|星期)/.test(text)
        ? say.hours(first)
        : say.phone(first)
  const rest = [say.phone(first), say.hours(first)].filter((line) => line !== lead && line !== '')
  return {
    lead,
    lines: [...rest, ...offices.slice(1).map(say.phone)],
    short: clip([lead, ...rest].join(''), 100),
    card: {
      title: first.name,
      ...(first.phone && { figure: first.phone }),
      rows: [
        { label: say.labels.hours, value: first.hours },
        { label: say.labels.duties, value: first.duties },
      ].filter(({ value }) => value !== ''),
    },
    cites: [{ title: say.title, url: '/offices', publications: [], recordIds: [] }],
    memory: { asker: 'office' },
  }
}
