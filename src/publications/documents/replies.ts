/** Sentences about policies and procedures. */
import type { PolicyDocument } from '../records.ts'

export const documentReplies = {
  title: ({ title }: PolicyDocument): string => title,
  papers: ({ title, papers }: PolicyDocument): string =>
    `${title}要带:${papers.map((paper) => paper.replace(/[。;;]$/, '')).join('、')}。`,
  where: ({ title, where, hours, phone }: PolicyDocument): string =>
    `${title}到${where}办${hours ? `,${hours}` : ''}${phone ? `,电话${phone}` : ''}。`,
  days: ({ title, days }: PolicyDocument): string => `${title}办理时间:${days}${/\d$/.test(days) ? '天' : ''}。`,
  fee: ({ title, fee }: PolicyDocument): string => `${title}收费:${fee}。`,
  phone: ({ title, phone }: PolicyDocument): string => `${title}可以打${phone}问。`,
  section: (heading: string, text: string): string => (heading ? `${heading}:${text}` : text),
  about: ({ title }: PolicyDocument, text: string): string => `${title}:${text}`,
  nothingExact: '公布的政策和办事指南里,没有查到正好说这件事的。',
  maybe: '您是不是想问:',
  near: ({ title }: PolicyDocument, heading: string): string => `· 《${title}》${heading ? `里的“${heading}”` : ''}`,
  recorded: '要都不是,您的问题已经记下,会有人看。',
  askByName: '想看哪一条,把它的名字发来就行。',
  quoted: (text: string): string => `原文:“${text}”`,
  labels: {
    papers: '材料',
    where: '在哪办',
    hours: '时间',
    phone: '电话',
    days: '多久办好',
    fee: '收费',
    department: '管的部门',
    source: '依据',
    validFrom: '从何时起',
  },
} as const
