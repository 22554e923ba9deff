/** What the console says about a file on its way to publication. */
export const submissionReplies = {
  projectParts: [
    { key: 'bids', label: '投标' },
    { key: 'payments', label: '付款' },
    { key: 'progress', label: '进度' },
  ],
  won: '中标',
  batchItem: (name: string): string => `${name}发放`,
  unplaced: (batch: string): string => `批次号“${batch}”还没有登记过这一批。请用“补贴发放”的表,批次和名单一起导入。`,
  twice: (title: string): string => `“${title}”出现了两次,请去掉一个。`,
  empty: '文件里没有能导入的内容。',
  nothingNew: '和已经公布的一样,没有要改的。',
  unknownKind: (kinds: string): string => `没有这一类,可以是:${kinds}。`,
  unknownVillage: '没有这个村。',
  notFound: '没有找到这份送审的资料。',
  reasonNeeded: '改已经公布的内容,要写明原因。',
  underWay: (item: string, period: string): string =>
    `“${item}${period ? ` ${period}` : ''}”已经有一份在送审,请先办完或者撤回那一份。`,
  overtaken: (item: string): string => `送审期间“${item}”又公布了新的一版,请撤回这一份,重新导入。`,
  wrongState: '这份资料的状态变了,请刷新再看。',
  ownWork: '自己送审的,要由别人来审。',
  ownCheck: '自己审核的,要由别人来公布。',
  needFile: '请选一个文件,或者把表格粘贴进来。',
  states: {
    draft: '等监委会审核',
    checked: '等公布',
    published: '已公布',
    returned: '退回',
    withdrawn: '已撤回',
  },
  classes: { party: '党务', affairs: '村务', finance: '财务', assets: '三资', lists: '清单' },
} as const
