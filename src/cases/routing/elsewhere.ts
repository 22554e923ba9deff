/** Matters that have a way of their own by law: which, and where to go. Petition regulations art. 31: told, not left. */
import type { RoutingOrganisation } from './organisation-view.ts'

interface Way {
  id: string
  /** What the matter sounds like. */
  words: RegExp
  /** Not when these are said. */
  not?: RegExp
  /** How it is named to the villager. */
  matter: string
  /** Where to go, in one sentence. */
  where: string
  /** Words in the name of an office here that helps with it; its telephone is added. */
  office?: readonly string[]
}

/** The first that fits is told. All in one table: another place, another list. */
export const WAYS: readonly Way[] = [
  {
    id: 'crime',
    words: /被(?:偷|盗|抢|骗)了?|诈骗|小偷|入室|打(?:伤|得|我|人了)|家暴|被打|持刀|吸毒|赌场|猥亵|强奸|失踪|拐/u,
    matter: '违法犯罪',
    where: '请打110,或到派出所报案',
  },
  {
    id: 'judgment',
    words: /判决|判了|法院判|法院执行|申请执行|老赖|不服(?:一审|二审|法院)|上诉|再审|开庭/u,
    matter: '法院已经判的事',
    where: '不服判决的,15日内向上一级法院上诉;对方不履行的,向判决的法院申请执行,可打12368问',
  },
  {
    id: 'labour',
    words: /拖欠工资|欠(?:我|俺|着)?.{0,4}工资|欠薪|工伤|没签合同|辞退|解雇|劳动合同|加班费|讨薪/u,
    matter: '劳动争议',
    where: '到县劳动人事争议仲裁委申请仲裁(1年内),欠薪也可打12333向劳动监察投诉',
  },
  {
    id: 'land',
    words:
      /(?:承包|流转)(?:地|合同|经营权).{0,12}(?:纠纷|争|占|不给|收回|违约)|确权.{0,8}(?:错|争|纠纷)|地界.{0,6}(?:争|纠纷)/u,
    matter: '承包地争议',
    where: '先找村、镇调解;调解不成的,到县农村土地承包仲裁委申请仲裁,或到法院起诉',
    office: ['农村经济', '农经', '农业'],
  },
  {
    id: 'penalty',
    words:
      /(?:行政)?处罚决定|罚款单|罚了(?:我|俺)|行政复议|行政拘留|不予许可|强制拆除决定|征收决定|工伤认定(?:书|决定)/u,
    matter: '对政府机关的决定不服',
    where: '60日内到县政府行政复议机构(县司法局)申请复议,或6个月内到法院起诉',
  },
  {
    id: 'family',
    words: /离婚|抚养费|抚养权|赡养|不养(?:老|我|俺)|遗产|继承|分家产|彩礼/u,
    matter: '婚姻家庭、继承',
    where: '可以先找人民调解;调解不成的,到法院起诉',
    office: ['司法'],
  },
  {
    id: 'debt',
    words:
      /借(?:我|俺|了).{0,10}(?:钱|[万千百]).{0,10}不还|欠钱不还|欠(?:我|俺).{0,6}(?:钱|货款|[万千百])|借条|欠条|货款|担保人/u,
    not: /村(?:里|委|集体)欠|工资/u,
    matter: '借贷、欠款',
    where: '可以先找人民调解;调解不成的,3年内到法院起诉',
    office: ['司法'],
  },
  {
    id: 'accident',
    words: /交通事故|车祸|被车撞|撞(?:了|伤)(?:人|我|俺)|肇事/u,
    matter: '交通事故',
    where: '打122由交警认定责任;赔偿谈不拢的,到法院起诉',
  },
  {
    id: 'medical',
    words: /医疗事故|医疗纠纷|医院.{0,8}(?:治坏|误诊|治死)|手术.{0,6}(?:失败|坏)/u,
    matter: '医疗纠纷',
    where: '到县医疗纠纷人民调解委员会调解,或到法院起诉',
  },
  {
    id: 'consumer',
    words: /假(?:种子|化肥|农药)|买到假|假货|退一赔三|不给退(?:货|款)|缺斤少两|价格欺诈/u,
    matter: '消费和农资质量',
    where: '打12315,或到市场监管所投诉;农资留好票和样品',
  },
]

/** @returns where to go, in whole sentences; empty when the matter is for us alone */
export function waysElsewhere(
  text: string,
  organisation: Pick<RoutingOrganisation, 'units'>,
): { id: string; said: string }[] {
  const plain = text.normalize('NFKC')
  const way = WAYS.find(({ words, not }) => words.test(plain) && !not?.test(plain))
  if (!way) return []
  const office = way.office && organisation.units.find(({ name }) => way.office?.some((word) => name.includes(word)))
  const phone = (office as { phone?: string } | undefined)?.phone
  const help = office ? `;${office.name}可以帮您${phone ? `,电话${phone}` : ''}` : ''
  return [{ id: way.id, said: `${way.matter}的事,法律另有办的地方:${way.where}${help}。` }]
}
