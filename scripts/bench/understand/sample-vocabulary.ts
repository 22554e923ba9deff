/** A village's names in the number that a real one has. */
import type { Vocabulary, VocabularyEntry } from '../../../src/conversation/understand/index.ts'

const surnames = [...'王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗']
const given = [...'守立国桂兰英华建军明秀芳文海玉春梅志强贵田']
const works = ['文化小广场', '村北道路', '自来水', '污水管网', '路灯', '机井', '幸福院', '塘坝']
const things = ['村西鱼塘', '东岭果园', '沿街门面房', '老学校院', '河滩地', '冷库', '光伏电站', '荒山']

const people = surnames.flatMap((surname, i) =>
  given.slice(0, 10).map((name, j): VocabularyEntry => ({
    kind: 'person',
    name: `${surname}${name}${given[(i + j) % 20]}`,
    id: `p${i}-${j}`,
  })),
)

export const sampleVocabulary: Vocabulary = {
  villageId: 'zhangjiazhuang',
  entries: [
    { kind: 'village', name: '张家庄', id: 'zhangjiazhuang', aliases: ['张家庄村'] },
    { kind: 'village', name: '石桥', id: 'shiqiao', aliases: ['石桥村'] },
    { kind: 'village', name: '李家洼', id: 'lijiawa', aliases: ['李家洼村'] },
    ...works.map((name, i): VocabularyEntry => ({
      kind: 'project',
      name: `${name}建设工程`,
      id: `w${i}`,
      aliases: [name],
    })),
    ...things.map((name, i): VocabularyEntry => ({ kind: 'asset', name: `${name}承包合同`, id: `t${i}` })),
    ...people,
  ],
}
