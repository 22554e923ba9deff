/** Reads a rating from a digit or from words. */
const BAD = /没解决|没有解决|不满意|不行|没办|没弄好|没修|还是老样子|不好|糊弄/u
const FAIR = /一般|凑合|还行|部分|差不多/u
const GOOD = /满意|解决了|办好了|修好了|弄好了|谢谢|可以|挺好|好了/u

/** @param choice a number that was found in the text, if any. @returns 1 solved, 2 fair, 3 not solved; null: no rating in it */
export function readScore(text: string, choice: number | null): 1 | 2 | 3 | null {
  if (choice === 1 || choice === 2 || choice === 3) return choice
  if (BAD.test(text)) return 3
  if (FAIR.test(text)) return 2
  return GOOD.test(text) ? 1 : null
}

const LEAD =
  /^(?:我|俺)?(?:再|还|想|要|得|给)*(?:补充|加上?)(?:一?[下点个条])?(?:证据|材料|情况|内容)?(?:[,,。::、\s]|到)*/u

/** What remains of a message when the receipt code and the word that announces an addition are taken out. */
export function withoutCode(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\d(?:[\s\-–—_.,·]{0,2}\d){9}(?!\d)/u, ' ')
    .trim()
    .replace(LEAD, '')
    .replace(/^[\s,,。::、]+/u, '')
    .trim()
}
