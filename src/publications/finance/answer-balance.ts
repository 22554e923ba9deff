/** What is left: the book's last balance and the bank's, as published; what is owed to the village and by it. */
import type { Answer, AskDeps, Asker, Question } from '../answers/answer.ts'
import { contentWords } from '../answers/content-words.ts'
import { missingWords } from '../answers/fit.ts'
import { citeRecords } from '../answers/cite.ts'
import { inYuan, yuan } from '../format.ts'
import { periodBounds, periodLabel } from '../periods.ts'
import { notPublished } from './not-published.ts'
import { cite } from './plan-ledger.ts'
import { ledgerScope } from './published-months.ts'
import { financeReplies as say } from './replies.ts'

const BALANCE =
  /(余额|结余|还剩|剩多少|剩下|剩了|账上有|账上还有|家底|存款|银行.{0,4}(多少|钱)|有多少钱|还有多少钱|有几个钱|账面|账上.{0,3}钱)/
const MOVED = /(花|支出|支了|开支|收入|收了|进账)/
/** Whether one may borrow is a question about powers. */
const RULES = /(同意|批准|谁批|签字|手续|程序|能不能|可以)/
const DEBT = /(欠(?!租|交)|债|外债|贷款|借款|借了|应收|应付)/

export const balanceAsker: Asker = {
  name: 'balance',
  claims: ({ text }) => (BALANCE.test(text) ? 4 : DEBT.test(text) && !RULES.test(text) ? 3 : 0),
  async answer(question, deps) {
    const { store } = deps
    const { text, village, names, memory } = question
    if (DEBT.test(text) && !RULES.test(text) && !/(承包|租)/.test(text) && !BALANCE.test(text))
      return answerDebts(question)
    // 余额… 那七月份花了多少钱: the money spent is another question.
    if (!BALANCE.test(text) && (memory?.asker !== 'balance' || MOVED.test(text))) return null
    if (question.villages.length > 1) return sideBySide(question, deps)
    const scope = await ledgerScope(store, village.id, question.period, question.today, 'month')
    const refused = await notPublished(question, scope, store)
    if (refused) return refused
    const last = (
      await store.list(
        village.id,
        'ledger',
        { from: scope.from, to: scope.to, where: { 'data.balance': { $ne: null } } },
        { sort: { date: -1, recordId: -1 }, limit: 60 },
      )
    ).at(0)
    const month =
      scope.publications
        .map(({ to }) => to)
        .sort()
        .at(-1)
        ?.slice(0, 7) ?? scope.last
    const [bank] = await store.list(village.id, 'bank', { from: `${month}-01`, to: `${month}-31` })
    const publishedBank = bank && (await store.publication(bank.publicationId))
    const label = periodLabel(periodBounds(month))
    const book = last && lastOfDay(await store.list(village.id, 'ledger', { from: last.date, to: last.date }))
    if (!book && !bank) return null
    const bankLine = bank
      ? !book
        ? []
        : book.data.balance === bank.data.closing
          ? [say.bankSame(bank.data.closing)]
          : [say.bankDiffers(bank.data.closing, Math.abs(bank.data.closing - (book.data.balance ?? 0)))]
      : [say.bankMissing()]
    const lead = book
      ? say.balance(village.name, label, book.data.balance ?? 0)
      : say.bankOnly(village.name, label, bank!.data.closing)
    const monthScope = await ledgerScope(store, village.id, periodBounds(month), question.today)
    return {
      lead,
      lines: bankLine,
      short: `${lead}${bankLine.join('')}`,
      card: {
        title: `${village.name}${label}`,
        figure: yuan(book ? (book.data.balance ?? 0) : bank!.data.closing),
        rows: [
          ...(book ? [{ label: say.book, value: yuan(book.data.balance ?? 0) }] : []),
          ...(bank ? [{ label: say.bank, value: yuan(bank.data.closing) }] : []),
        ],
      },
      cites: [
        ...(book ? [cite(village, monthScope, null, [book])] : []),
        ...(bank && publishedBank
          ? [
              {
                title: say.bankTitle(village.name, label),
                url: `/v/${village.id}/ledger?period=${month}#r-${bank.recordId}`,
                publications: [publishedBank],
                recordIds: [bank.recordId],
              },
            ]
          : []),
      ],
      memory: { asker: 'balance' },
      figures: {
        ...(book && { book: inYuan(book.data.balance ?? 0) }),
        ...(bank && { bank: inYuan(bank.data.closing) }),
      },
    }
    function answerDebts({ names: catalogue }: typeof question): Answer | null {
      const all = catalogue.of('debt')
      if (all.length === 0) return null
      const owing =
        /(村里?欠|欠别人|欠谁|欠了?多少|外债|贷款|借款|借了|应付|欠债|欠工程款|欠外)/.test(text) &&
        !/(欠村|欠俺村|欠咱村|欠大队|谁欠|别人欠|应收)/.test(text)
      const open = all.filter(({ data }) => !/(已还清|已清|已收回|已结清)/.test(data.status))
      const words = contentWords(text)
      const about = open.filter(
        ({ data }) => words.length > 0 && missingWords(words, `${data.type}${data.party}${data.reason}`).length === 0,
      )
      const mine =
        about.length > 0 ? about : open.filter(({ data }) => /(债务|应付|借款|贷款|欠款)/.test(data.type) === owing)
      const fen = mine.reduce((sum, { data }) => sum + data.amount, 0)
      const lead =
        mine.length === 0
          ? say.noDebts(village.name, owing)
          : about.length === 1
            ? say.debt(
                mine[0]!.data.party,
                mine[0]!.data.reason,
                mine[0]!.data.amount,
                mine[0]!.data.due,
                mine[0]!.data.status,
              )
            : ((about.length > 0 ? /债务|应付/.test(mine[0]!.data.type) : owing)
                ? say.owedByVillage
                : say.owedToVillage)(village.name, fen, mine.length)
      return {
        lead,
        lines: mine
          .slice(0, 8)
          .map(({ data }) => say.debt(data.party, data.reason, data.amount, data.due, data.status)),
        short: `${lead}${mine
          .slice(0, 3)
          .map(({ data }) => `${data.party}${yuan(data.amount)}`)
          .join('、')}`,
        card: {
          title: say.debtTitle(village.name),
          figure: yuan(fen),
          rows: mine.slice(0, 8).map(({ data }) => ({ label: data.party, value: yuan(data.amount) })),
        },
        cites: [
          citeRecords(say.debtTitle(village.name), names, mine.length > 0 ? mine : all, `/v/${village.id}/assets`),
        ],
        memory: { asker: 'balance' },
        figures: { amount: inYuan(fen), count: mine.length },
      }
    }
  },
}

/** 石桥跟李家洼哪个村账上钱多: each as it is told for itself, the richer first. */
async function sideBySide(question: Question, deps: AskDeps): Promise<Answer | null> {
  const told = await Promise.all(
    question.villages.slice(0, 3).map(async (village) => {
      const answer = await balanceAsker.answer(
        { ...question, village, villages: [village], names: await deps.catalogues.village(village.id) },
        deps,
      )
      return { village, answer, amount: answer?.figures?.['book'] ?? answer?.figures?.['bank'] ?? null }
    }),
  )
  const known = told
    .flatMap(({ village, answer, amount }) => (answer && amount !== null ? [{ village, answer, amount }] : []))
    .sort((a, b) => b.amount - a.amount)
  const [first] = known
  if (!first) return null
  const lines = told
    .filter(({ amount }) => amount === null)
    .map(({ village, answer }) => answer?.lead ?? say.unknownBalance(village.name))
  return {
    lead: known.map(({ answer }) => answer.lead).join(''),
    lines,
    card: {
      title: say.balances,
      rows: known.map(({ village, answer }) => ({ label: village.name, value: answer.card?.figure ?? '' })),
      series: known.map(({ village, amount }) => ({ label: village.name, value: amount })),
      unit: '元',
    },
    cites: known.flatMap(({ answer }) => answer.cites.slice(0, 1)),
    memory: { asker: 'balance' },
    figures: Object.fromEntries(known.map(({ village, amount }) => [village.id, amount])),
  }
}

/** The last line of a day that carries a balance, in the order of the file. */
function lastOfDay<T extends { data: { balance: number | null; order: number } }>(lines: readonly T[]): T | undefined {
  return lines
    .filter(({ data }) => data.balance !== null)
    .sort((a, b) => a.data.order - b.data.order)
    .at(-1)
}
