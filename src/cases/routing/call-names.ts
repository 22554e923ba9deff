/** How officials are called: names, nicknames, surname with title, post alone. Tables only. */
import type { RoutingOfficial } from './organisation-view.ts'

/** What stands in a post → what people say. The first row that fits a spoken title decides which posts it can mean. */
export const TITLES: readonly { said: readonly string[]; post: RegExp; not?: RegExp; levels?: readonly string[] }[] = [
  {
    said: ['镇党委书记', '镇委书记', '党委书记'],
    post: /党委书记/,
    not: /副书记|纪委/,
    levels: ['township'],
  },
  { said: ['镇纪委书记', '县纪委书记', '纪委书记', '纪检书记'], post: /纪委书记/, not: /副书记/ },
  { said: ['第一书记', '驻村书记'], post: /第一书记/ },
  { said: ['副书记'], post: /副书记/ },
  {
    said: ['村党支部书记', '党支部书记', '支部书记', '村支书', '支书', '老支书', '一把手', '一肩挑', '村书记', '书记'],
    post: /书记/,
    not: /副书记|第一书记/,
  },
  {
    said: ['监委会主任', '村监委主任', '监督委员会主任', '监委主任'],
    post: /监督委员会主任|监委会主任|监委主任|村务监督/,
  },
  { said: ['妇女主任', '妇联主席', '妇联主任'], post: /妇女|妇联/ },
  { said: ['治保主任', '民兵连长'], post: /治保|民兵/ },
  { said: ['副主任'], post: /副主任/ },
  {
    said: ['村委会主任', '村主任', '村长', '主任', '大队长'],
    post: /主任/,
    not: /副主任|监督委员会|监委|妇女|妇联|治保/,
  },
  {
    said: ['报账员', '会计', '出纳', '管账的', '管报账的', '报账的', '记账的', '管钱的'],
    post: /报账员|会计|出纳|财务/,
  },
  { said: ['文书'], post: /文书/ },
  { said: ['纪检委员'], post: /纪检委员/ },
  { said: ['组织委员'], post: /组织委员/ },
  { said: ['委员'], post: /委员(?!会)/ },
  { said: ['网格员'], post: /网格员/ },
  { said: ['小组长', '组长', '队长', '生产队长'], post: /组长|队长/ },
  { said: ['副镇长'], post: /副镇长/ },
  { said: ['镇长'], post: /镇长/ },
  { said: ['副县长'], post: /副县长/ },
  { said: ['县长'], post: /县长/ },
  { said: ['副局长'], post: /副局长/ },
  { said: ['局长'], post: /局长/ },
  { said: ['副所长'], post: /副所长/ },
  { said: ['所长'], post: /所长/ },
  { said: ['站长'], post: /站长/ },
  { said: ['科长'], post: /科长/ },
  { said: ['干事'], post: /干事/ },
  {
    said: ['包村干部', '包村领导', '包村的领导', '包村的干部', '包村的', '驻村干部', '驻村的干部', '驻村的'],
    post: /包.{0,6}村|驻村/,
  },
]

/** The same kinship under several names. */
export const KINSHIP: readonly (readonly string[])[] = [
  ['妻子', '媳妇', '老婆', '爱人', '对象', '家属', '配偶', '屋里的', '家里的', '他家的'],
  ['丈夫', '老公', '男人', '对象', '配偶', '当家的', '爱人'],
  ['儿子', '小子', '儿', '大儿子', '小儿子'],
  ['女儿', '闺女', '丫头'],
  ['父亲', '爸', '爹', '老爷子', '父'],
  ['母亲', '妈', '娘', '母'],
  ['哥哥', '哥', '大哥', '二哥', '亲哥', '兄'],
  ['弟弟', '弟', '兄弟', '亲弟', '二弟', '胞弟'],
  ['姐姐', '姐', '大姐'],
  ['妹妹', '妹'],
  ['堂哥', '堂兄', '叔伯哥', '堂兄弟'],
  ['堂弟', '叔伯弟', '叔伯兄弟', '堂兄弟'],
  ['表哥', '表兄', '表兄弟', '老表'],
  ['表弟', '表兄弟', '老表'],
  ['表姐', '表妹', '表姐妹'],
  ['小舅子', '妻弟', '内弟', '舅子'],
  ['大舅子', '大舅哥', '妻兄', '内兄', '舅子'],
  ['小姨子', '妻妹'],
  ['大姨子', '妻姐'],
  ['连襟', '一担挑', '连桥'],
  ['姐夫'],
  ['妹夫'],
  ['女婿', '姑爷'],
  ['儿媳', '儿媳妇'],
  ['岳父', '老丈人', '丈人'],
  ['侄子', '侄儿', '侄', '本家侄子'],
  ['外甥'],
  ['叔叔', '叔', '叔父'],
  ['伯伯', '大爷', '伯父', '伯'],
  ['舅舅', '舅', '舅父'],
  ['姑父', '姑夫'],
  ['姨夫', '姨父'],
  ['嫂子', '嫂'],
  ['弟媳', '弟妹', '兄弟媳妇'],
  ['亲家'],
  ['干儿子', '干亲'],
]

/** Frequent surnames that are no everyday word: before a title they name another person than the one the title alone means. */
export const SURNAMES =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许吕张孔曹严魏陶姜戚谢邹窦章苏潘葛范彭鲁韦马苗方俞任袁柳鲍史唐费薛雷贺倪汤滕罗毕郝安乐傅齐康伍余顾孟黄穆萧尹姚邵汪毛狄戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾路江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房丁宣邓单洪包左石崔吉龚程邢裴陆荣翁荀惠甄曲封储段巫焦巴侯班秋仲宫宁仇栾甘祖武符刘景詹束龙叶司郁黎薄宿怀蒲赖卓蔺屠蒙乔苍双闻翟谭贡劳姬申冉桑桂牛寿边扈燕冀浦农温庄晏柴瞿阎连习艾鱼容古易廖耿匡国文寇广东欧聂关曹丁'

/** Posts that a spoken title can mean. */
export function titleRow(said: string): (typeof TITLES)[number] | undefined {
  return TITLES.find((row) => row.said.includes(said))
}

export function holdsTitle(post: string, row: (typeof TITLES)[number]): boolean {
  // A post may name several: 党支部书记、村委会主任.
  return post.split(/[、,,;;/和兼及]/).some((part) => row.post.test(part) && !row.not?.test(part))
}

/** What this official is called besides by post alone. `strength` decides between overlapping readings. */
export function callsOf(official: RoutingOfficial): { call: string; by: 'name' | 'alias' | 'title' | 'given' }[] {
  const { name, post, aliases = [] } = official
  const calls: { call: string; by: 'name' | 'alias' | 'title' | 'given' }[] = [{ call: name, by: 'name' }]
  for (const alias of aliases) if (alias) calls.push({ call: alias, by: 'alias' })
  const surname = name.slice(0, 1)
  for (const row of TITLES) {
    if (!holdsTitle(post, row)) continue
    for (const said of row.said) calls.push({ call: `${surname}${said}`, by: 'title' })
  }
  // A deputy is spoken of without the “deputy”.
  const deputy = /副(镇长|书记|主任|局长|所长|县长|站长)/.exec(post)
  if (deputy)
    calls.push({ call: `${surname}${deputy[1]}`, by: 'title' }, { call: `${surname}${deputy[0]}`, by: 'title' })
  if (post.includes('主席')) calls.push({ call: `${surname}主席`, by: 'title' })
  if (name.length === 3) calls.push({ call: name.slice(1), by: 'given' })
  return calls
}

export function sameKinship(declared: string, said: string): boolean {
  return declared === said || KINSHIP.some((row) => row.includes(said) && row.some((word) => declared.includes(word)))
}

export const KINSHIP_WORDS: readonly string[] = [...new Set(KINSHIP.flat())].toSorted((a, b) => b.length - a.length)
