/** Lengths and cuts of text messages, counted the way the networks count: UTF-16 units, 70 alone, 67 a part. */

const UCS2_SINGLE = 70
const UCS2_PART = 67
const GSM7_SINGLE = 160
const GSM7_PART = 153

/** The GSM 7-bit alphabet (3GPP TS 23.038) without its extension table; one character outside makes the whole message UCS-2. */
const GSM7 = /^[A-Za-z0-9 \r\n@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà]*$/

/** How many parts the network will charge and carry for this text. */
export function countSegments(text: string): number {
  const [single, part] = GSM7.test(text) ? [GSM7_SINGLE, GSM7_PART] : [UCS2_SINGLE, UCS2_PART]
  return text.length <= single ? 1 : Math.ceil(text.length / part)
}

const SENTENCE_END = /[。!?!?;;\n]/
const CLAUSE_END = /[,,、::\s]/

/**
 * Splits a text so that each piece has at most `limit` UTF-16 units: at the end of a sentence where one is near, else of a clause,
 * else anywhere but within a surrogate pair. Nothing is lost but white space at the cuts.
 */
export function splitText(text: string, limit: number): string[] {
  const pieces: string[] = []
  let rest = text.trim()
  while (rest.length > limit) {
    const cut = cutPoint(rest, limit)
    pieces.push(rest.slice(0, cut).trimEnd())
    rest = rest.slice(cut).trimStart()
  }
  if (rest.length > 0) pieces.push(rest)
  return pieces
}

function cutPoint(text: string, limit: number): number {
  // A cut in the first half would waste the message: then the next kind of break is tried.
  for (const end of [SENTENCE_END, CLAUSE_END]) {
    for (let at = limit; at > limit / 2; at -= 1) if (end.test(text.charAt(at - 1))) return at
  }
  const pair = /[\uD800-\uDBFF]/.test(text.charAt(limit - 1))
  return pair ? limit - 1 : limit
}
