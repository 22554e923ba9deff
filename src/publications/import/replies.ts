/** What an import says to the clerk who handed the files over: where, what, and what was expected. */

const where = (file: string, row: number): string => `${file}第${row}行`

export const importReplies = {
  refused: (count: number): string => `有${count}处问题,整批没有导入,请改好再来。`,
  pasted: '粘贴的表格',
  tooLarge: (file: string): string => `${file}:文件超过20MB。`,
  tooManyRows: (file: string): string => `${file}:超过10万行,请分开导入。`,
  tooManyColumns: (file: string): string => `${file}:列太多(超过256列)。`,
  tooManyCells: (file: string): string => `${file}:内容太多,请分开导入。`,
  tooManySheets: (file: string): string => `${file}:工作表太多(超过60张)。`,
  tooManyParts: (file: string): string => `${file}:里面的东西太多,不像村里的表格,没有打开。`,
  tooManyRecords: (most: number): string => `一次最多导入${most}条,请分开导入。`,
  unpacksTooLarge: (file: string): string => `${file}:解开以后太大,不像村里的表格,没有打开。`,
  emptyFile: (file: string): string => `${file}:是空的。`,
  encrypted: (file: string): string => `${file}:加了密码,打不开。请去掉密码,另存一份再来。`,
  oldWorkbook: (file: string): string => `${file}:是老格式。请用WPS或Excel打开,另存为“XLSX工作簿”再来。`,
  macros: (file: string): string => `${file}:带有宏(小程序),为了安全不收。请另存为“XLSX工作簿”再来。`,
  wordDocument: (file: string): string => `${file}:是Word文档,不是表格。请把表格复制出来粘贴,或存成XLSX。`,
  notADocument: (file: string): string => `${file}:不是能打开的Word文档(DOCX)。`,
  minutes: '会议记录',
  minutesFields: { date: '时间', topic: '议题' },
  minutesLack: (file: string, field: string): string => `${file}:没有找到“${field}”。请单独写一行,如“${field}:…”。`,
  pdf: (file: string): string => `${file}:是PDF,不是表格。请用原来的表格文件。`,
  picture: (file: string): string => `${file}:是图片,不是表格。请用原来的表格文件。`,
  webPage: (file: string): string => `${file}:其实是网页。请用WPS或Excel打开,另存为“XLSX工作簿”再来。`,
  notAWorkbook: (file: string): string => `${file}:不是能打开的XLSX表格。`,
  notATable: (file: string): string => `${file}:不是能读的表格。`,
  notYaml: (file: string, line: number): string => `${file}第${line}行:格式不对,请检查缩进和冒号。`,
  fileMissing: (file: string): string => `${file}:缺少这个文件。`,
  sheetMissing: (file: string, sheet: string): string => `${file}:没有找到“${sheet}”这张表。`,
  headingMissing: (file: string, columns: string[]): string => `${file}:找不到表头,缺少“${columns.join('”“')}”这几列。`,
  noRows: (file: string): string => `${file}:表头下面没有内容。`,
  cell: (file: string, row: number, column: string, value: string, expected: string): string =>
    value === ''
      ? `${where(file, row)}“${column}”是空的,请填${expected}。`
      : `${where(file, row)}“${column}”写的是“${value.slice(0, 30)}”,看不懂,请写成${expected}。`,
  formula: (file: string, row: number, column: string, value: string): string =>
    `${where(file, row)}“${column}”是公式“${value.slice(0, 30)}”,里面没有算好的数,请改成数字或文字。`,
  errorCell: (file: string, row: number, column: string, value: string): string =>
    `${where(file, row)}“${column}”显示的是“${value}”,公式算错了,请改好。`,
  wrongReference: (file: string, row: number, column: string, value: string, sheet: string): string =>
    `${where(file, row)}“${column}”写的是“${value.slice(0, 30)}”,“${sheet}”里没有这一个。`,
  noAmount: (file: string, row: number): string => `${where(file, row)}收入和支出都是空的,请填一个。`,
  duplicate: (file: string, row: number, column: string, value: string): string =>
    `${where(file, row)}“${column}”${value}与前面重复。`,
  unknownItem: (file: string, row: number, item: string): string =>
    `${where(file, row)}“事项”写的是“${item}”,不在公开事项目录里。`,
  field: (file: string, place: string, expected: string): string => `${file}“${place}”应填${expected}。`,
  /** What is told and does not stand in the way. */
  notes: {
    formulas: (file: string, count: number): string => `${file}:有${count}格是公式,按存盘时算好的数取。`,
    unused: (file: string, columns: string[]): string =>
      `${file}:“${columns.join('”“')}”这几列用不着,没有导入,也不会公开。`,
    passedOver: (sheets: string[]): string => `工作表“${sheets.join('”“')}”没有这些表头,没有导入。`,
    red: (file: string, row: number, column: string): string =>
      `${where(file, row)}“${column}”是红字,写的是正数。红字要是表示冲减,请写成负数。`,
    balance: (file: string, row: number, should: string, is: string): string =>
      `${where(file, row)}余额对不上:上一行余额加收入减支出是${should},这里写的是${is}。`,
    sum: (file: string, row: number, column: string, should: string, is: string): string =>
      `${where(file, row)}合计对不上:“${column}”各行加起来是${should},合计写的是${is}。`,
  },
  expected: {
    money: '数字(如1234.50)',
    date: '日期(如2025-03-05)',
    month: '月份(如2025-03)',
    number: '数字',
    text: '文字',
  },
  correction: '重新导入,内容有更正',
  personal: { id: '身份证号', phone: '手机号', card: '银行卡号' },
} as const

/** In the workbooks to fill in. */
export const templateReplies = {
  help: '怎么填',
  helpColumns: ['栏目', '要不要填', '怎么写', '也可以叫'],
  required: '必填',
  types: {
    text: '文字',
    list: '文字,几个用顿号隔开',
    money: '数字,单位元,如 1234.50;减的写成负数',
    number: '数字',
    date: '如 2026-03-05',
    'loose-date': '如 2026-03-05,不好说的写文字',
    month: '如 2026-03',
  },
  advice: ['栏目的先后不要紧,用不着的栏目可以删掉。', '身份证号、手机号、银行卡号不要写进来。'],
} as const
