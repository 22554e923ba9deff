/** Who holds a post or looks after an area, what somebody's post is, office hours and office phone. */
import type { Answer, Asker, Question } from '../answers/answer.ts'
import { citeRecords } from '../answers/cite.ts'
import type { StoredRecord } from '../records.ts'
import { peopleReplies as say } from './replies.ts'

type Person = StoredRecord<'roster'>

/** Posts as people call them → what a roster's post or category holds. The first that the question holds is taken. */
const ROLES: readonly { asked: RegExp; label: string; holds: RegExp; without?: RegExp }[] = [
  { asked: /(副书记)/, label: '副书记', holds: /副书记/ },
  { asked: /(村支书|支书|书记|一把手)/, label: '书记', holds: /书记/, without: /副书记|原书记/ },
  { asked: /(监委会主任|监督委员会主任|监委主任)/, label: '监委会主任', holds: /监(督委员会|委会).*主任/ },
  { asked: /(监委会|监督委员会|监委)/, label: '村务监督委员会', holds: /监委|监督委员会|监督/ },
  { asked: /(理财小组|民主理财|理财)/, label: '民主理财小组', holds: /理财/ },
  { asked: /(妇联主席|妇女主任|妇联)/, label: '妇联主席', holds: /妇联|妇女/ },
  { asked: /(治保主任|治保)/, label: '治保主任', holds: /治保/ },
  { asked: /(调解)/, label: '调解员', holds: /调解/ },
  { asked: /(民兵连长|民兵)/, label: '民兵连长', holds: /民兵/ },
  { asked: /(团支书|团支部)/, label: '团支部书记', holds: /团/ },
  { asked: /(村主任|村长|村委会主任|主任)/, label: '村委会主任', holds: /主任/, without: /监|妇|治保|副/ },
  { asked: /(会计|报账员|文书)/, label: '会计(报账员)', holds: /会计|报账|文书/ },
  { asked: /(纪检)/, label: '纪检委员', holds: /纪检/ },
  { asked: /(网格)/, label: '网格员', holds: /网格/ },
  { asked: /(胡同长|巷长|胡同|街长)/, label: '胡同长', holds: /胡同|巷|街长/ },
  { asked: /(法律顾问|律师)/, label: '法律顾问', holds: /法律顾问|律师/ },
  { asked: /(村医|卫生室|医生)/, label: '村医', holds: /村医|医生|卫生/ },
  { asked: /(电工)/, label: '电工', holds: /电工/ },
  { asked: /(水管员|管水)/, label: '水管员', holds: /水/ },
  { asked: /(护林|防火员)/, label: '护林员', holds: /护林/ },
  { asked: /(保洁员|保洁)/, label: '保洁员', holds: /保洁/ },
  { asked: /(协管员)/, label: '协管员', holds: /协管/ },
  { asked: /(包村|驻村|第一书记)/, label: '包村干部', holds: /包村|驻村|第一书记/ },
  { asked: /(小组长|组长|队长)/, label: '村民小组长', holds: /组长/, without: /理财/ },
  { asked: /(村民代表|代表)/, label: '村民代表', holds: /代表/ },
  { asked: /(村两委|两委|班子|村委会|村委|干部)/, label: '村“两委”', holds: /两委|党支部|村委会/ },
]

/** Offices that are not the village's. */
const ELSEWHERE =
  /(派出所|民政|司法所|卫生院|医院|纪委|信访|便民服务|供电|法院|检察|国土|自然资源|农经|财政|学校|银行|镇|县|市)/

/** When the next election is: what the roster says of terms answers it. */
const NEXT_ELECTION =
  /((啥时候|什么时候|何时|哪年|几月|多会|多咱|下次|下一?届|下回).{0,6}(换届|选举|改选|选(书记|主任|村长|干部))|(换届|选举|改选).{0,6}(啥时候|什么时候|何时|哪年|几月|多会|多咱|哪天|几号)|任期.{0,4}(到|几年|多久|啥时候))/

const ASKS =
  /(是谁|谁是|都有谁|有谁|叫什么|叫啥|姓什么|电话|号码|联系|哪天来|啥时候来|什么时候来|坐班|办公|值班|在哪办|几点|上班|任期|找谁|管啥|干啥的|负责人|谁管|谁负责|几个人|多少人|名单|归谁|是干|啥职务|什么职务|分管|分工)/

export const peopleAsker: Asker = {
  name: 'people',
  claims: (question) => {
    if (NEXT_ELECTION.test(question.text)) return 6
    const named = findByName(question).length > 0 ? 2 : 0
    const role = ROLES.some(({ asked }) => asked.test(question.text)) ? 1 : 0
    return named + role + (named + role > 0 && ASKS.test(question.text) ? 1 : 0)
  },
  async answer(question) {
    const { names, village, text, memory, intent } = question
    const all = names.of('roster')
    if (all.length === 0)
      return intent.startsWith('ask.people')
        ? { lead: say.nothing(village.name), cites: [], unanswered: { reason: 'not-published' } }
        : null
    if (NEXT_ELECTION.test(text) || /下一?届/.test(text)) return answerTerm(question)
    const byName = findByName(question)
    const role =
      ROLES.find(({ asked }) => asked.test(text)) ??
      (question.slots.role ? ROLES.find(({ asked }) => asked.test(question.slots.role!)) : undefined)
    // 镇民政办主任 is none of the village's.
    if (byName.length === 0 && /[镇县市](?!.{0,2}(包村|驻村))[\u4e00-\u9fff]{0,4}(主任|书记|长|所|局|办)/.test(text))
      return null
    if (byName.length > 0) return answerFound(question, byName, byName[0]!.data.name)
    if (role) {
      const holders = all.filter(({ data }) => holds(data.post, data.category, role))
      const near = nearest(question, holders)
      if (near.length > 0) return answerFound(question, near, role.label)
      return {
        lead: say.none(village.name, role.label),
        cites: [citeRecords(say.title(village.name), names, all.slice(0, 1), `/v/${village.id}/people`)],
        unanswered: { reason: 'not-found', topic: role.label },
      }
    }
    const duty = all.filter(({ data }) => data.duty !== '' && sharesDuty(text, data.duty))
    if (duty.length > 0) return answerFound(question, duty, '')
    const kept = memory?.asker === 'people' ? all.filter(({ recordId }) => recordId === memory.recordId) : []
    if (kept.length > 0) return answerFound(question, kept, '')
    // 派出所电话 is not a question for the village's roster.
    return intent.startsWith('ask.people') && !ELSEWHERE.test(text) ? listGroups(question) : null
  },
}

function findByName({ text, slots, names }: Question): Person[] {
  return names
    .of('roster')
    .filter(({ data }) =>
      [data.name, ...data.aliases].some((name) => name.length >= 2 && (text.includes(name) || slots.person === name)),
    )
}

/** A post alone may be 主任 or 组长: it is read together with the body it belongs to. */
function holds(post: string, category: string, role: (typeof ROLES)[number]): boolean {
  const full = `${category} ${post}`
  return role.holds.test(full) && !role.without?.test(full)
}

/** “俺这片”: an area that the question names narrows the holders. */
function nearest({ text, slots }: Question, holders: Person[]): Person[] {
  const near = holders.filter(({ data }) => {
    const parts = data.area.split(/[、,,;;和至\s]+/).filter((part) => part.length >= 2)
    return parts.some((part) => text.includes(part) || (slots.place !== undefined && part.includes(slots.place)))
  })
  return near.length > 0 ? near : holders
}

function sharesDuty(text: string, duty: string): boolean {
  return duty.split(/[、,,;;和\s。]+/).some((part) => part.length >= 2 && text.includes(part.replace(/工作$/, '')))
}

function answerFound({ text, village, names }: Question, found: readonly Person[], what: string): Answer {
  const cites = [citeRecords(say.title(village.name), names, found)]
  const [first] = found
  const person = first!.data
  const distinct = new Set(found.map(({ data }) => data.name))
  if (distinct.size > 1) {
    const lead = say.several(village.name, what, distinct.size)
    return {
      lead,
      lines: found.slice(0, 10).map(({ data }) => say.line(data)),
      short: `${lead}${found
        .slice(0, 8)
        .map(({ data }) => (data.area ? `${data.name}(${data.area})` : data.name))
        .join('、')}`,
      card: {
        title: say.title(village.name),
        figure: String(distinct.size),
        rows: found
          .slice(0, 10)
          .map(({ data }) => ({ label: data.name, value: [data.post, data.area].filter(Boolean).join(' ') })),
      },
      cites,
      memory: { asker: 'people' },
      figures: { people: distinct.size },
    }
  }
  const lead = /(电话|号码|联系)/.test(text)
    ? say.phone(person)
    : /(任期|干到|哪年上|几届)/.test(text)
      ? say.term(person)
      : /(哪天|啥时候|什么时候|几点|坐班|值班|办公时间|上班|在不在)/.test(text)
        ? say.hours(person)
        : say.one(person)
  const office = say.office(person)
  return {
    lead,
    lines: [
      ...found.slice(1, 4).map(({ data }) => say.one(data)),
      ...(person.duty ? [say.duty(person)] : []),
      ...(office ? [office] : []),
    ],
    short: `${lead}${office}`,
    card: {
      title: `${person.name}`,
      figure: person.post,
      rows: [{ label: '', value: office }].filter(({ value }) => value !== ''),
    },
    cites,
    memory: { asker: 'people', recordId: first!.recordId },
  }
}

function answerTerm({ village, names, text }: Question): Answer {
  const heads = names.of('roster').filter(({ data }) => data.to !== '' && /书记|主任/.test(data.post))
  const ends = heads
    .map(({ data }) => data.to)
    .sort()
    .at(-1)
  const cites = [citeRecords(say.title(village.name), names, heads, `/v/${village.id}/people`)]
  if (ends === undefined)
    return {
      lead: say.noTerm(village.name),
      cites,
      unanswered: { reason: 'not-published' },
      memory: { asker: 'people' },
    }
  return {
    lead: say.untilElection(village.name, ends),
    lines: [say.noDate],
    // Who it will be nobody has published.
    ...(/谁/.test(text) && { unanswered: { reason: 'not-published' as const } }),
    cites,
    memory: { asker: 'people' },
  }
}

function listGroups({ village, names }: Question): Answer {
  const all = names.of('roster')
  const groups = new Map<string, string[]>()
  for (const { data } of all) groups.set(data.category, [...(groups.get(data.category) ?? []), data.name])
  return {
    lead: say.groups(village.name),
    lines: [...groups].map(([category, people]) => say.group(category, people.slice(0, 8))),
    cites: [citeRecords(say.title(village.name), names, all, `/v/${village.id}/people`)],
    memory: { asker: 'people' },
  }
}
