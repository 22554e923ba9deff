/** Lines of sums and signatures belong to nobody's records. Sums are compared with the lines above them. */
import { yuanNumber } from '../format.ts'
import { cellMoney, cellText } from './cells.ts'
import type { CellValue } from './raw-table.ts'
import { importReplies } from './replies.ts'
import type { TableShape } from './column.ts'

const FIRST =
  /^(合计|总计|小计|累计|本页合计|制表|(填表|审核|复核|单位负责人|负责人|会计|出纳|备注|说明|注)(人|员)?(:|$)|村(民)?委(员)?会\(盖章\))/
/** In accounts these stand in the column of the summary. */
const ANYWHERE =
  /^(本[日月季年页]|[一二三四五六七八九十]+月|\d{1,2}月)?(份|度)?(合计|小计|总计|累计|发生额合计|发生额及余额)$|^(过次页|承前页|本月止累计|本年累计)$/

export function isFooter(cells: readonly CellValue[]): boolean {
  const texts = cells.map((cell) => (typeof cell === 'string' ? cellText(cell).replaceAll(/\s/g, '') : ''))
  const first = cells.map((cell) => cellText(cell).replaceAll(/\s/g, '')).find((text) => text !== '') ?? ''
  return FIRST.test(first) || texts.some((text) => ANYWHERE.test(text))
}

/** Only the last 合计 of a sheet is compared: those in between sum what they choose. */
export function checkSums(
  where: string,
  shape: TableShape,
  positions: ReadonlyMap<string, number>,
  rows: readonly { value: Record<string, unknown> }[],
  footers: readonly { row: number; cells: readonly CellValue[] }[],
): string[] {
  const total = footers.findLast(({ cells }) =>
    cells.some((cell) => /^(合计|总计)$/.test(cellText(cell).replaceAll(/\s/g, ''))),
  )
  if (!total || rows.length === 0) return []
  return Object.entries(shape).flatMap(([key, { type, names }]) => {
    const position = positions.get(key)
    // A balance is no sum.
    if (type !== 'money' || position === undefined || /余额|期初|期末|单价/.test(names[0] ?? '')) return []
    const is = cellMoney(total.cells[position])
    if (is === null || is === undefined) return []
    const should = rows.reduce((so, { value }) => so + Number(value[key] ?? 0), 0)
    if (should === is) return []
    return [importReplies.notes.sum(where, total.row, names[0] ?? key, yuanNumber(should), yuanNumber(is))]
  })
}
