/** Numbers of people have no place in a question that others will read: telephone, identity card, bank card. */
const NUMBERS: readonly [RegExp, string][] = [
  [/(?<![\dXx])\d{6}(?:19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx](?![\dXx])/g, '〔证件号〕'],
  [/(?<!\d)(?:\d[\s-]?){16,19}(?!\d)/g, '〔卡号〕'],
  [/(?<!\d)(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)/g, '〔电话〕'],
  [/(?<!\d)0\d{2,3}[\s-]?\d{7,8}(?!\d)/g, '〔电话〕'],
  [/(?<!\d)\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\d)/g, '〔查询码〕'],
]

export function maskNumbers(text: string): string {
  return NUMBERS.reduce((masked, [pattern, label]) => masked.replaceAll(pattern, label), text.normalize('NFKC'))
}
