/** Names, nicknames and numbers of the person who reported. */
import { normalise } from './plain-text.ts'
import type { LeakReport, LeakWay } from './types.ts'

export interface Found {
  way: LeakWay
  excerpt: string
}

const COMPOUND = /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|夏侯|端木)/
const CALLED =
  '某某|某|姓|氏|家(?:的|里|那)|大妈|大娘|大爷|大叔|大婶|大嫂|大哥|大姐|奶奶|爷爷|婶子?|嫂子?|叔叔?|伯伯?|姨|哥|姐|老汉|老太|老人|老头|师傅|老师|医生|大夫|护士|会计|工头|老板|女士|先生|同学|小姐'

interface Name {
  full: string
  surname: string
  given: string
}

function nameOf(reporter: string): Name | null {
  const full = normalise(reporter).replaceAll(/[^\p{L}]/gu, '')
  if (full === '' || /匿名|群众|不详|未留|无名/.test(full)) return null
  const surname = COMPOUND.exec(full)?.[0] ?? full.slice(0, 1)
  return { full, surname, given: full.slice(surname.length) }
}

/** @param text normalised */
export function findNames(report: LeakReport, text: string): Found[] {
  const name = nameOf(report.reporter)
  if (!name) return []
  const about = normalise(report.about)
  const accused = /^[\p{L}]{2,4}/u.exec(about)?.[0] ?? ''
  const found: Found[] = []
  const add = (way: LeakWay, excerpt: string | undefined): void => {
    if (excerpt && !about.includes(excerpt)) found.push({ way, excerpt })
  }
  if (text.includes(name.full)) add('name', name.full)
  const { surname, given } = name
  // 徐大妈 is no name but what somebody is called: without the surname it is said of many.
  const isCalled = new RegExp(`^(?:${CALLED})$`).test(given)
  if (given.length > 1 && !isCalled && text.replaceAll(accused, '').includes(given)) add('name', given)
  const last = given.slice(-1)
  const masked = new RegExp(`${surname}(?:[某xX*×○oO_]{1,2}${last}|${given.slice(0, 1)}[某xX*×○_])`, 'u').exec(
    text,
  )?.[0]
  if (last && !isCalled) add('name', masked)
  // The accused may have the same surname: 张某 is then whoever the sentence is about.
  const sameSurname = accused.startsWith(surname)
  for (const [whole, title = ''] of text.matchAll(new RegExp(`${surname}(${CALLED})`, 'gu')))
    if (!sameSurname || !/^(?:某|姓|会计|老师)/.test(title)) add('nickname', whole)
  for (const [whole] of text.matchAll(
    new RegExp(`(?:老|小|阿|大|二|三)${surname}(?![\\p{L}]?(?:书记|主任|镇长|会计))`, 'gu'),
  ))
    if (!(sameSurname && /^[老小]/.test(whole))) add('nickname', whole)
  if (last && given.length > 1 && !isCalled) {
    const fond = new RegExp(
      `(?:[老小阿]${last}|${last}(?:子|儿|哥|姐|叔|婶|嫂|爷|奶|姨|大爷|大娘|大妈|大叔))`,
      'u',
    ).exec(text)
    add('nickname', fond?.[0])
  }
  return found
}

/** Digits of the contact, WeChat names, and any telephone or identity number at all. @param text normalised */
export function findNumbers(report: LeakReport, text: string): Found[] {
  const found: Found[] = []
  const contact = normalise(report.contact)
  const digits = contact.replaceAll(/\D/g, '')
  for (const [run] of text.matchAll(/\d[\d*xX×-]{2,}\d|\d{4,}/g)) {
    const plain = run.replaceAll('-', '')
    if (/^1[3-9][\d*xX×]{9}$/.test(plain) || /^\d{17}[\dxX]$/.test(plain)) found.push({ way: 'phone', excerpt: run })
    // The first three digits of a mobile number are shared by millions; four others by few.
    else if (plain.split(/[*xX×]+/).some((part) => part.length >= 4 && digits.includes(part) && !isYear(part, text)))
      found.push({ way: 'phone', excerpt: run })
  }
  const tail = /(?:尾号|末[四三几]位|后[四三]位|末尾)[^\d]{0,4}(\d{3,4})/.exec(text)
  if (tail?.[1] && digits.endsWith(tail[1])) found.push({ way: 'phone', excerpt: tail[0] })
  for (const [id] of contact.matchAll(/[a-z][\w-]{4,}/gi))
    if (text.toLowerCase().includes(id.toLowerCase())) found.push({ way: 'phone', excerpt: id })
  for (const [whole] of text.matchAll(/(?:微信|微信号|网名|昵称|QQ)(?:名|号|是|叫|为|:|“|")+[^,.;]{1,16}/gu))
    found.push({ way: 'phone', excerpt: whole })
  return found
}

const isYear = (part: string, text: string): boolean => /^(?:19|20)\d\d$/.test(part) && text.includes(`${part}年`)
