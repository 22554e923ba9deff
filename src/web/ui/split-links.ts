/** A piece of text, or one that can be tapped. */
export interface TextPart {
  text: string
  href?: string
}

const web = String.raw`https?:\/\/[^\s<>"'\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+`
/** Office phones (0539-1234567) and mobiles. */
const phone = String.raw`0\d{2,3}-\d{7,8}|1[3-9]\d{9}`
const hotline = '110|119|120|12315|12345|12348|12356|12388'
/** Our own pages, when a text names one. */
const page = String.raw`\/(?:v|powers|policies|negative-list|help|chat)(?:\/[\w\-./]*)?(?:\?[\w\-=&%.]*)?(?:#[\w-]+)?`
const link = new RegExp(`(${web})|(${phone}|${hotline})|(${page})`, 'gu')

/** Splits text into plain pieces and links (addresses, phone numbers, our own pages). Joined again the pieces give the text. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(link)) {
    const [whole, address, number, path] = match
    // A full stop or bracket after an address ends the sentence, not the address.
    const found = address ? whole.replace(/[.,;:!?)]+$/, '') : whole
    const before = text.slice(0, match.index)
    const after = text.slice(match.index + found.length)
    // Digits inside longer ones (amounts, voucher numbers, receipt codes) are not phone numbers; nor is 120 元 the ambulance.
    if (number && (/[\w.,-]$/.test(before) || /^(?:[\w-]|[.,]\d|元|万|户|人|亩|个|天|次)/.test(after))) continue
    if (path && /[\w/]$/.test(before)) continue
    if (match.index > end) parts.push({ text: text.slice(end, match.index) })
    parts.push({ text: found, href: number ? `tel:${number.replaceAll('-', '')}` : found })
    end = match.index + found.length
  }
  if (end < text.length) parts.push({ text: text.slice(end) })
  return parts
}
