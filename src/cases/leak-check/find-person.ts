/** Who the text says that the person is: work, family, hamlet, or anything but “somebody” in front of “reports”. */
import type { Found } from './find-identity.ts'
import { COMMON_WORDS, OCCUPATIONS } from './known-words.ts'
import { commonPassages, normalise } from './plain-text.ts'
import type { LeakReport } from './types.ts'

const REPORTS =
  '反映|举报|哭诉|诉苦|求助|求情|来镇|来县|来找|找到镇|找到县|说你|说的事|说的那|讲你|称你|写信|打电话|打来|检举|控告|投诉|告状|来信|来电|来访|提供|提出|提的|提过|递交|交来|拿出|拿来|揭发|反馈|申诉|告发|状告|诉说|说起'

/** Said of whoever reports, it says nothing. */
const NEUTRAL =
  /^(?:有|部分|有关|相关|一些|广大|个别|某些|全体|多名|若干|该|此前|前期|近期|社会|本人|任何|欢迎|请|据|接|接到|收到|针对|关于|对|就|根据|按照|经|由|被|向|你村?|您|当地|我镇|我们|全村|本村|全镇|各村)*(?:的)?(?:人|群众|村民|居民|网民|社员|匿名|反映人|举报人|信访人|检举人|来信人|当事人|申请人|各方|各户|家长|党员|党员群众|村民群众|干部群众|党员干部|受益户|农户|大家|上级|部门|单位|机关|纪委|镇里|县里|村里|村委会)?(?:匿名|实名|来信|集中|曾|多次|再次|向.{1,8})?(?:所|曾|的)?$/u

/** The end of a phrase for a person. */
const PERSON =
  /(?:人|人员|者|群众|村民|同志|老人|老汉|妇女|女子|男子|户|农户|商户|家庭|家属|亲属|职工|员工|工人|工头|老板|会计|护士|教师|老师|医生|大夫|司机|代表|党员|军人|老兵|媳妇?|婆婆?|嫂|婶|叔|大?爷|大?娘|大?妈|大?哥|姐|弟|妹|丈夫|妻子|邻居|亲戚|学生|家长|[业店房塘场户车机坑船园棚厂雇摊]主|贩子|组长|队长|干部|青年|孩子|位|名|承包人|经营者|养殖户|打工的|务工的|开店的|种地的)$/u

/** “那位…”, “…的那户”: points at one. */
const POINTS =
  /那(?:位|户|家|个人|名|对|口子)|这(?:位|户|家)(?=[^,.]{0,12}(?:反映|举报|提供|说))|某(?:位|户|家|名|儿|媳|妇|男|女|村民|老人|党员|会计|教师|护士|商户|店主|工头|老板|承包|养殖)/u

/** @param text normalised */
export function findPersons(report: LeakReport, text: string): Found[] {
  const about = normalise(report.about)
  const accused = /^[\p{L}]{2,4}/u.exec(about)?.[0] ?? ''
  const found: Found[] = []
  for (const match of text.matchAll(
    new RegExp(`([^,.;:!?“”"()]{1,30}?)(?:的|所|曾|实名|匿名|集中|再次|多次)*(?:${REPORTS})`, 'gu'),
  )) {
    const subject = (match[1] ?? '').replace(/^.*(?:对于|对|针对|关于|根据|收到|接到|由|据|经|因|就|把|将)/u, '')
    if (subject === '' || subject.endsWith(accused) || NEUTRAL.test(subject)) continue
    const person = subject.replace(/的$/u, '')
    if (person.includes(accused) && accused) continue
    if (PERSON.test(person) && !NEUTRAL.test(person)) found.push({ way: 'relation', excerpt: match[0] })
  }
  const pointed = POINTS.exec(text)
  if (pointed) found.push({ way: 'rare-fact', excerpt: text.slice(Math.max(0, pointed.index - 6), pointed.index + 10) })
  return found
}

const GROUP =
  /(?:[一二三四五六七八九十]|\d{1,2})(?:组|队|社)|(?:前|后|东|西|南|北|上|下|大|小|河|沟|坡|岭|桥)[\u4e00-\u9fa5]{0,3}(?:组|队|庄|屯|湾|沟|街|头|巷)/gu

/** What is known of the person and stands in the text: hamlet, work, family. @param text normalised */
export function findDetails(report: LeakReport, text: string): Found[] {
  const details = normalise(report.details)
  if (details === '') return []
  const body = normalise(report.body)
  const about = normalise(report.about)
  // The village, the post of the accused and what the report is about are public; what is left is the person.
  const village = /[\u4e00-\u9fa5]{2,4}?(?=村|镇|[一二三四五六七八九十\d]+组|,)/u.exec(details)?.[0] ?? ''
  const known = [...COMMON_WORDS, village, ...namesIn(about)]
  const found: Found[] = []
  for (const [group] of details.matchAll(GROUP)) {
    const place = group === village ? '' : group
    if (place && text.includes(place) && !body.includes(place) && !about.includes(place))
      found.push({ way: 'relation', excerpt: place })
  }
  for (const place of smallPlaces(details, village))
    if (text.includes(place) && !body.includes(place) && !about.includes(place))
      found.push({ way: 'relation', excerpt: place })
  for (const passage of commonPassages(text, details, 3, known)) found.push({ way: 'rare-fact', excerpt: passage })
  for (const row of OCCUPATIONS) {
    if (!row.some((word) => details.includes(word))) continue
    const said = row.find((word) => text.includes(word) && !about.includes(word))
    // A word of the matter itself (退役军人优待金) says nothing of the person.
    if (said && !isTopic(said, text) && !COMMON_WORDS.some((word) => word.includes(said) && text.includes(word)))
      found.push({ way: 'relation', excerpt: said })
  }
  return found
}

const TOPIC_AFTER = /^(?:补贴|津贴|优待|救助|保障|资金|费|会议|大会|评议|服务|中心|项目|工程|协会|名单|名册|类)/u
const isTopic = (word: string, text: string): boolean => TOPIC_AFTER.test(text.slice(text.indexOf(word) + word.length))

const namesIn = (about: string): string[] => [
  /^[\p{L}]{2,4}/u.exec(about)?.[0] ?? '',
  /\((.*)\)/u.exec(about)?.[1] ?? '',
]

/** 石桥村河东 → 河东; 石桥村前石桥 → 前石桥: what follows the village in the first part. */
function smallPlaces(details: string, village: string): string[] {
  const first = details.split(',')[0] ?? ''
  const rest = first.slice(first.startsWith(village) ? village.length : 0).replace(/^村/u, '')
  return /^[\u4e00-\u9fa5]{2,4}$/u.test(rest) && !/^(?:驻地|村委|镇|村民)/u.test(rest)
    ? [rest, rest.replace(/组$/u, '')]
    : []
}
