/** Minutes in Word and Markdown → a resolution. */
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../src/infrastructure/errors.ts'
import { readMinutes } from '../../../src/publications/import/read-minutes.ts'
import { makeZip } from './make-zip.ts'

const LINES = [
  '张家庄村村民代表会议决议',
  '会议时间：2026年11月5日上午9点',
  '会议名称:村民代表会议',
  '议题：关于村北荒坡发包的决议',
  '应到代表35人，实到33人。',
  '一、同意将村北荒坡30亩公开发包。联系人张某13800000001。',
  '表决：赞成30票，反对2票，弃权1票。',
  '公示日期：2026-11-06',
]
const word = (lines: readonly string[], more: { name: string; content: string }[] = []): Buffer =>
  makeZip([
    {
      name: 'word/document.xml',
      content: `<w:document xmlns:w="w"><w:body>${lines.map((line) => `<w:p><w:r><w:t>${line.slice(0, 3)}</w:t></w:r><w:r><w:t>${line.slice(3)}</w:t></w:r></w:p>`).join('')}</w:body></w:document>`,
    },
    ...more,
  ])

describe('minutes', () => {
  test.each<[string, () => Buffer]>([
    ['会议记录.docx', () => word(LINES)],
    [
      '会议记录.md',
      () => Buffer.from(LINES.map((line, index) => (index === 0 ? `# ${line}` : `- ${line}`)).join('\n')),
    ],
  ])('%s', async (file, make) => {
    const { records, errors, masked } = await readMinutes(file, make())
    expect(errors).toEqual([])
    expect(records).toMatchObject([
      {
        kind: 'resolution',
        recordId: 'JY-2026-11-05',
        date: '2026-11-05',
        data: {
          meeting: '村民代表会议',
          topic: '关于村北荒坡发包的决议',
          expected: 35,
          present: 33,
          for: 30,
          against: 2,
          abstained: 1,
          shownOn: '2026-11-06',
        },
      },
    ])
    expect(JSON.stringify(records)).toContain('公开发包')
    expect(JSON.stringify(records)).not.toContain('13800000001')
    expect(masked).toMatchObject([{ what: 'phone', shown: '138****0001' }])
  })

  test('what is missing is named', async () => {
    const { errors, records } = await readMinutes('a.md', Buffer.from('大家同意修路。'))
    expect(errors.map(({ line }) => line)).toEqual([
      'a.md:没有找到“时间”。请单独写一行,如“时间:…”。',
      'a.md:没有找到“议题”。请单独写一行,如“议题:…”。',
    ])
    expect(records).toEqual([])
  })

  test.each<[string, () => Buffer, RegExp]>([
    ['a workbook', () => makeZip([{ name: 'xl/workbook.xml', content: '<a/>' }]), /不是能打开的Word文档/],
    ['macros', () => word(LINES, [{ name: 'word/vbaProject.bin', content: 'x' }]), /带有宏/],
    ['no zip at all', () => Buffer.from('hello'), /不是能打开的Word文档/],
    [
      'a password',
      () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      /加了密码/,
    ],
    ['far too long', () => word(['长'.repeat(1_100_000)]), /内容太多/],
  ])('%s that calls itself a Word document is refused', async (_what, make, reason) => {
    const refusal = await readMinutes('a.docx', make()).then(
      () => 'taken',
      (error: unknown) => (error instanceof DomainError ? String((error.details as string[])[0]) : 'a fault'),
    )
    expect(refusal).toMatch(reason)
  })
})
