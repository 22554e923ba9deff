/** Sentences that quote a record. */
export const passageReplies = {
  funding: '资金来源',
  tender: '招标方式',
  procedure: '程序',
  payment: '交款',
  exchange: '交易',
  debt: (type: string, party: string, reason: string, amount: string, due: string, status: string): string =>
    `${type}:${party},${reason}${amount}${due ? `,约定${due}` : ''}${status ? `(${status})` : ''}。`,
  answered: (question: string, answer: string, by: string): string => `有人问“${question}”,${by || '村里'}答:${answer}`,
  quoted: (title: string, text: string): string =>
    (text.includes(title) ? text : `${title}:${text}`).replace(/(?<![。!?])$/, '。'),
  source: (village: string, title: string): string =>
    title.startsWith(village) ? title : `${village}公布的“${title}”`,
} as const
