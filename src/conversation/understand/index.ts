/** Front door of understanding: text in, intents and slots out. */
export type {
  IntentScore,
  Period,
  Refusal,
  Segment,
  Slots,
  UnderstandContext,
  Understander,
  Understanding,
  Vocabulary,
  VocabularyEntry,
  VocabularyKind,
} from './types.ts'
export { loadUnderstander, type LoadedUnderstander, type LoadOptions } from './load-understander.ts'
export { normalise } from './normalise.ts'
export { parseChoice, parseMoney } from './numerals.ts'
export { parsePeriods } from './periods.ts'
export { SURE } from './understand.ts'
export { cutWords } from './features.ts'
export { createEar } from './homophones.ts'
export type { Ear } from './homophones.ts'
