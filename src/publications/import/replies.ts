/** What an import says to the clerk who handed the files over: where, what, and what was expected. */

export const importReplies = {
  refused: (count: number): string => `有${count}处问题,整批没有导入,请改好再来。`,
  tooLarge: (file: string): string => `${file}:文件超过20MB。`,
  tooManyRows: (file: string): string => `${file}:超过10万行。`,
  notAWorkbook: (file: string): string => `${file}:不是能打开的XLSX表格。`,
  notATable: (file: string): string => `${file}:不是能读的CSV表格。`,
  notYaml: (file: string, line: number): string => `${file}第${line}行:格式不对,请检查缩进和冒号。`,
  fileMissing: (file: string): string => `${file}:缺少这个文件。`,
  sheetMissing: (file: string, sheet: string): string => `${file}:没有找到“${sheet}”这张表。`,
  headingMissing: (file: string, columns: string[]): string => `${file}:找不到表头,缺少“${columns.join('”“')}”这几列。`,
  cell: (file: string, row: number, column: string, value: string, expected: string): string =>
    value === ''
      ? `${file}第${row}行“${column}”是空的,应填${expected}。`
      : `${file}第${row}行“${column}”写的是“${value.slice(0, 30)}”,应填${expected}。`,
  duplicate: (file: string, row: number, column: string, value: string): string =>
    `${file}第${row}行“${column}”${value}与前面重复。`,
  unknownItem: (file: string, row: number, item: string): string =>
    `${file}第${row}行“事项”写的是“${item}”,不在公开事项目录里。`,
  field: (file: string, place: string, expected: string): string => `${file}“${place}”应填${expected}。`,
  expected: { money: '金额', date: '日期(如2025-03-05)', month: '月份(如2025-03)', number: '数字', text: '文字' },
  correction: '重新导入,内容有更正',
} as const
