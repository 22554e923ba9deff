/** A file from its reading to what is published: what it changes is told, each step is taken by another, nothing is half done. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PublicationsHere } from '../../scripts/support/publications-here.ts'
import { systemClock } from '../../src/infrastructure/clock.ts'
import { DomainError } from '../../src/infrastructure/errors.ts'
import { inTransaction } from '../../src/infrastructure/mongo.ts'
import type { AccountActor, Role } from '../../src/people/index.ts'
import { hashRecords } from '../../src/publications/import/assign.ts'
import type { ImportKind } from '../../src/publications/index.ts'
import type { StoredPublication, StoredRecord } from '../../src/publications/records.ts'
import type { SubmissionInput } from '../../src/publications/submissions/read-submission.ts'
import type { Change } from '../../src/publications/submissions/compare-records.ts'
import type { StoredSubmission } from '../../src/publications/submissions/model.ts'
import { takeStep } from '../../src/publications/submissions/sign.ts'
import { runScript } from '../support/run-script.ts'
import { testServers } from '../support/servers.ts'
import { KNOWLEDGE, loadSample } from './sample.ts'

const VILLAGE = 'zhangjiazhuang'
let here: PublicationsHere

beforeAll(async () => {
  here = await loadSample()
})
afterAll(async () => here.close())

const actor = (name: string, role: Role, villages: string[] = [VILLAGE]): AccountActor => ({
  kind: 'account',
  accountId: name,
  username: name,
  displayName: name,
  roles: [role],
  unit: villages[0] ?? 'nj',
  level: villages.length > 0 ? 'village' : 'township',
  operators: [],
  villages,
})
const bookkeeper = actor('报账员', 'village-committee')
const checker = actor('监委会', 'village-supervision')
const agency = actor('农经中心', 'village-accounts', [])

const pasted = (kind: ImportKind, rows: readonly (readonly (string | number)[])[]): SubmissionInput => ({
  villageId: VILLAGE,
  kind,
  file: null,
  text: rows.map((row) => row.join('\t')).join('\n'),
  period: '',
  missing: '',
})

const LEDGER = ['日期', '凭证号', '科目', '摘要', '收入', '支出', '余额']
/** A month that the sample does not have. */
const DECEMBER = [
  LEDGER,
  ['2026-12-03', '记-202612-01', '管理费用/办公费', '买打印纸3箱', '', 450, ''],
  ['2026-12-09', '记-202612-02', '租赁收入', '村东门面房租金', '6,000.00', '', ''],
]

const submit = async (input: SubmissionInput, reason = '', by = bookkeeper): Promise<StoredSubmission> =>
  here.publications.submitFile({ ...input, reason }, { accountId: by.accountId, name: by.displayName })

async function step(
  who: AccountActor,
  { _id, revision }: Pick<StoredSubmission, '_id' | 'revision'>,
  name: Parameters<typeof takeStep>[3],
  reason = '',
): Promise<StoredSubmission> {
  const services = {
    connection: here.connection,
    clock: systemClock,
    transaction: async <T>(work: Parameters<typeof inTransaction<T>>[1]) => inTransaction(here.connection, work),
  }
  return takeStep({ services, audit: async () => {} }, who, _id, name, { revision, reason })
}

const publish = async (input: SubmissionInput, reason = ''): Promise<StoredSubmission> =>
  step(agency, await step(checker, await submit(input, reason), 'check'), 'publish')

const publications = () => here.connection.collection<StoredPublication>('publications')
const records = () => here.connection.collection<StoredRecord>('records')

async function code(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error.code
  }
}

const told = (changes: readonly Change[]): string[] => changes.map(({ how, title }) => `${how} ${title}`)

describe('what a file changes', () => {
  test('the sample’s own ledger changes nothing', async () => {
    const bytes = await readFile(`${KNOWLEDGE}/villages/${VILLAGE}/ledger-2025.xlsx`)
    const read = await here.publications.previewFile({ ...pasted('ledger', []), file: { name: 'a.xlsx', bytes } })
    expect(read.errors).toEqual([])
    expect(read.parts).toEqual([])
    expect(read.unchanged).toBe(12)
  })

  test.each<[ImportKind, string]>([
    ['contracts', 'contracts.csv'],
    ['projects', 'projects.xlsx'],
    ['assets', 'assets.xlsx'],
    ['bank', 'bank.csv'],
    ['roster', 'roster.csv'],
    ['debts', 'debts.csv'],
  ])('nor do its %s', async (kind, file) => {
    const bytes = await readFile(`${KNOWLEDGE}/villages/${VILLAGE}/${file}`)
    const read = await here.publications.previewFile({ ...pasted(kind, []), file: { name: file, bytes } })
    expect(read.errors).toEqual([])
    expect(read.parts.flatMap(({ changes }) => told(changes))).toEqual([])
  })

  test('an amount, a line more, a line less: each is told with what it was', async () => {
    const month = await records()
      .find({ villageId: VILLAGE, kind: 'ledger', state: 'published', date: /^2026-09/ })
      .sort({ 'data.order': 1 })
      .toArray()
    const rows = month.map(({ data }) => {
      const line = data as StoredRecord<'ledger'>['data']
      return [
        line.date,
        line.voucher,
        line.category,
        line.summary,
        line.income / 100,
        line.expense / 100,
        (line.balance ?? 0) / 100,
        line.handler,
        line.witness,
        line.approver,
        line.payee,
        line.method,
        line.attachments ?? '',
        line.project,
      ]
    })
    const gone = rows.pop()!
    const spent = rows.findIndex((row) => Number(row[5]) > 0)
    rows[spent]![5] = Number(rows[spent]![5]) + 1
    rows.unshift(['2026-09-01', '记-202609-99', '管理费用/办公费', '补记一笔', 0, 12, '', '', '', '', '', '', '', ''])
    const head = [...LEDGER, '经手人', '证明人', '审批人', '收款方', '支付方式', '附件张数', '项目']
    const { parts } = await here.publications.previewFile(pasted('ledger', [head, ...rows]))
    expect(parts).toHaveLength(1)
    expect(parts[0]!.part).toMatchObject({ item: '月度收支明细', period: '2026-09', version: 2 })
    const changes = parts[0]!.changes
    expect(told(changes)).toEqual([
      'added 2026-09-01 补记一笔',
      expect.stringMatching(/^changed /),
      `removed ${gone[0]} ${String(gone[3])}`,
    ])
    expect(changes[1]!.fields.map(({ label }) => label)).toEqual(['支出'])
  })

  test('a register is added to: what the file does not name stays, unless it is to go', async () => {
    const one = pasted('contracts', [
      ['合同编号', '标的', '对方', '年租金'],
      ['HT-TEST-1', '村西机动地12亩', '某合作社', '3,600'],
    ])
    const kept = await here.publications.previewFile(one)
    expect(told(kept.parts[0]!.changes)).toEqual(['added 村西机动地12亩 某合作社'])
    const gone = await here.publications.previewFile({ ...one, missing: 'remove' })
    expect(gone.parts[0]!.part.counts.removed).toBe(kept.parts[0]!.part.counts.same)
  })

  test('a list of a batch that nobody knows is refused', async () => {
    const { errors } = await here.publications.previewFile(
      pasted('lists', [
        ['批次号', '户主', '金额'],
        ['NO-SUCH', '张某', 100],
      ]),
    )
    expect(errors.map(({ line }) => line)).toEqual([expect.stringContaining('批次号“NO-SUCH”还没有登记过')])
  })
})

describe('sign-off', () => {
  test('a draft is nowhere to be seen; checked and published by others it is, with its hash and who checked it', async () => {
    const draft = await submit(pasted('ledger', DECEMBER))
    expect(draft.state).toBe('draft')
    const page = async (): Promise<string> =>
      JSON.stringify(await here.publications.page(`/v/${VILLAGE}/ledger?period=2026-12`))
    expect(await page()).not.toContain('买打印纸')
    expect(await records().countDocuments({ text: /买打印纸3箱/ })).toBe(0)

    // Only whom the rule names, and never the same person twice.
    expect(await code(step(bookkeeper, draft, 'check'))).toBe('own_work')
    expect(await code(step(agency, draft, 'check'))).toBe('not_allowed')
    expect(await code(step(agency, draft, 'publish'))).toBe('not_allowed')
    expect(await code(step(actor('别村', 'village-supervision', ['shiqiao']), draft, 'check'))).toBe('not_found')
    const checked = await step(checker, draft, 'check')
    expect(await code(step(bookkeeper, checked, 'publish'))).toBe('not_allowed')
    expect(await code(step(checker, checked, 'publish'))).toBe('own_work')
    // What was changed after one looked is not signed unseen.
    expect(await code(step(agency, draft, 'publish'))).toBe('submission_changed')
    await step(agency, checked, 'publish')

    const [publication] = await publications()
      .find({ villageId: VILLAGE, period: '2026-12', kinds: 'ledger' })
      .toArray()
    expect(publication).toMatchObject({ version: 1, state: 'published', checkedBy: '监委会', reason: '' })
    const own = await records().find({ publicationId: publication!._id }).toArray()
    expect(own).toHaveLength(2)
    expect(hashRecords(own)).toBe(publication!.hash)
  })

  test('sent back with its reason, it can be handed in again; one at a time for each publication', async () => {
    const input = pasted('bank', [
      ['月份', '期初', '收入', '支出', '期末'],
      ['2026-12', 1000, 0, 100, 900],
    ])
    const first = await submit(input)
    expect(await code(submit(input))).toBe('submission_under_way')
    const back = await step(checker, first, 'return', '缺银行对账单')
    expect(back).toMatchObject({ state: 'returned' })
    expect(back.history.at(-1)).toMatchObject({ step: 'returned', reason: '缺银行对账单', name: '监委会' })
    expect(await code(step(checker, back, 'check'))).toBe('not_allowed')
    const second = await submit(input)
    await step(bookkeeper, second, 'withdraw')
    expect(await here.connection.collection('submission_records').countDocuments({ submissionId: second._id })).toBe(0)
  })

  test('a correction needs its reason and is a new version; the old one stays to be read, and in time stays in time', async () => {
    const before = (await publications().findOne({
      villageId: VILLAGE,
      period: '2026-09',
      kinds: 'bank',
      state: 'published',
    }))!
    const input = pasted('bank', [
      ['月份', '期初', '收入', '支出', '期末'],
      ['2026-09', 1, 2, 3, 0],
    ])
    expect(await code(submit(input))).toBe('reason_needed')
    await publish(input, '银行对账单抄错')
    const versions = await publications()
      .find({ villageId: VILLAGE, period: '2026-09', kinds: 'bank' })
      .sort({ version: 1 })
      .toArray()
    expect(versions.map(({ version, state, reason }) => [version, state, reason])).toEqual([
      [before.version, 'superseded', before.reason],
      [before.version + 1, 'published', '银行对账单抄错'],
    ])
    expect(await records().countDocuments({ publicationId: before._id, state: 'superseded' })).toBe(1)
    const ledger = await here.publications.page(`/v/${VILLAGE}/ledger?period=2026-09`)
    expect(JSON.stringify(ledger)).toContain('"0.00"'.replace('.00', ''))
    expect(versions[1]!.firstPublishedAt).toBe(before.publishedAt)
    // Both versions can be read, each leads to the other, and the old one says what became of it.
    const old = JSON.stringify(await here.publications.page(`/published/${encodeURIComponent(before._id)}`))
    expect(old).toContain('银行对账单抄错')
    expect(old).toContain(encodeURIComponent(versions[1]!._id))
    const fresh = (await here.publications.page(`/published/${encodeURIComponent(versions[1]!._id)}`))!
    expect(fresh.title).toBe('张家庄银行存款余额 2026年9月 第2版')
    expect(JSON.stringify(fresh.sections)).toContain(versions[1]!.hash)
  })

  test('what else was published in the meantime is not run over, and nothing is half done', async () => {
    const rows = [
      ['月份', '期初', '收入', '支出', '期末'],
      ['2026-08', 5, 0, 0, 5],
    ]
    const checked = await step(checker, await submit(pasted('bank', rows), '更正'), 'check')
    const known = { villageId: VILLAGE, period: '2026-08', kinds: 'bank' as const, state: 'published' as const }
    const before = (await publications().findOne(known))!
    const { _id, ...rest } = before
    await publications().updateOne({ _id }, { $set: { state: 'superseded' } })
    await publications().insertOne({ ...rest, _id: `${_id}-x`, version: before.version + 1 })
    expect(await code(step(agency, checked, 'publish'))).toBe('submission_overtaken')
    expect(await publications().countDocuments({ villageId: VILLAGE, period: '2026-08', kinds: 'bank' })).toBe(2)
    expect((await here.connection.collection('submissions').findOne({ _id: checked._id as never }))!.state).toBe(
      'checked',
    )
  })

  test('a register for a new quarter takes over from the one before, in all its kinds', async () => {
    const was = await records()
      .find({ villageId: VILLAGE, kind: { $in: ['asset', 'resource'] }, state: 'published' })
      .toArray()
    await publish({
      ...pasted('resources', [
        ['编号', '名称', '类型', '面积'],
        ['ZY-TEST', '村北荒坡', '荒山', '30'],
      ]),
      period: '2026Q4',
    })
    const now = await records()
      .find({ villageId: VILLAGE, kind: { $in: ['asset', 'resource'] }, state: 'published' })
      .toArray()
    expect(now.map(({ recordId }) => recordId).sort()).toEqual(
      [...was.map(({ recordId }) => recordId), 'ZY-TEST'].sort(),
    )
    expect(new Set(now.map(({ publicationId }) => publicationId))).toEqual(
      new Set([`${VILLAGE}:资产资源登记:2026Q4:v1`]),
    )
  })

  test('numbers of people are masked before anything is kept, and shown masked to who signs', async () => {
    const draft = await submit(
      pasted('ledger', [LEDGER, ['2027-01-03', '1', '管理费用/误工补贴', '付王某13800000001误工费', '', 60, '']]),
    )
    expect(draft.masked).toEqual([
      expect.objectContaining({ what: 'phone', shown: '138****0001', heading: '摘要', row: 2 }),
    ])
    for (const { name } of await here.connection.db!.listCollections().toArray())
      expect(JSON.stringify(await here.connection.collection(name).find().toArray()), name).not.toContain('13800000001')
  })
})

describe('long lists', () => {
  /** A township's largest village posts some thousand households; a transaction that wrote them all would not fit. */
  const long = (amount: number) =>
    pasted('ledger', [
      LEDGER,
      ...Array.from({ length: 4000 }, (_, index) => [
        `2027-03-${String((index % 28) + 1).padStart(2, '0')}`,
        `记-${index}`,
        '惠民补贴/耕地地力保护',
        `第${index}户耕地地力保护补贴发放`,
        '',
        amount,
        '',
      ]),
    ])

  test('are published and corrected whole, and nothing lies about afterwards', async () => {
    await publish(long(12))
    await publish(long(13), '标准调整')
    const states = await records()
      .aggregate([
        { $match: { villageId: VILLAGE, date: /^2027-03/ } },
        { $group: { _id: '$state', count: { $sum: 1 } } },
      ])
      .sort({ _id: 1 })
      .toArray()
    expect(states).toEqual([
      { _id: 'published', count: 4000 },
      { _id: 'superseded', count: 4000 },
    ])
  }, 60_000)

  test('two who publish the same at the same moment: one does', async () => {
    const checked = await step(
      checker,
      await submit(
        pasted('bank', [
          ['月份', '期初', '收入', '支出', '期末'],
          ['2027-03', 1, 0, 0, 1],
        ]),
      ),
      'check',
    )
    const codes = await Promise.all([agency, agency, agency].map(async (who) => code(step(who, checked, 'publish'))))
    expect(codes.filter((one) => one === 'done')).toHaveLength(1)
    expect(codes.filter((one) => one !== 'done').every((one) => /^submission_(changed|overtaken)$/.test(one))).toBe(
      true,
    )
    expect(
      await records().countDocuments({ villageId: VILLAGE, kind: 'bank', date: '2027-03-01', state: 'published' }),
    ).toBe(1)
    expect(
      await records().countDocuments({ villageId: VILLAGE, kind: 'bank', date: '2027-03-01', state: 'draft' }),
    ).toBe(0)
  })
})

describe('npm run import', () => {
  test('previews, refuses with the cell, keeps a draft; writes a template', async () => {
    const { mongoUri } = testServers()
    const env = { MONGODB_URI: mongoUri, INSTANCE_KEY: Buffer.alloc(32).toString('base64') }
    const own = await loadSample(mongoUri)
    const file = `/tmp/import-${process.pid}.csv`
    const { writeFile, rm } = await import('node:fs/promises')
    const args = [file, '--village', VILLAGE, '--kind', 'ledger']
    try {
      await writeFile(file, DECEMBER.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n'))
      const preview = await runScript('scripts/import.ts', [...args, '--preview'], env)
      expect(preview.code, preview.output).toBe(0)
      expect(preview.output).toContain('月度收支明细 2026-12 第1版:新增2')
      expect(await own.connection.collection('submissions').countDocuments()).toBe(0)
      expect(await runScript('scripts/import.ts', args, env)).toMatchObject({ code: 0 })
      expect(await own.connection.collection('submissions').countDocuments({ state: 'draft' })).toBe(1)
      await writeFile(file, `${LEDGER.join(',')}\n2026-12-03,1,办公费,纸,,叁千,`)
      const refused = await runScript('scripts/import.ts', args, env)
      expect(refused.code).toBe(1)
      expect(refused.output).toMatch(/第2行“支出”写的是“叁千”,看不懂,请写成数字/)
    } finally {
      await rm(file, { force: true })
      await own.close()
    }
  })
})
