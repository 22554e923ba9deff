/** Rules, only where rules are right: answers to the bot, receipt codes, danger to life, attempts to steer the bot, others' privacy. */
import { parseChoice } from './numerals.ts'
import type { IntentScore, UnderstandContext } from './types.ts'

const filler = /[\s.。,!?、;:~…()"'“”]+/gu
const yes =
  /^(?:对|对对|对的|对啊|是|是是|是的|是啊|是呀|是滴|嗯|嗯嗯|嗯呢|恩|昂|行|行吧|行啊|行嘞|中|中嘞|好|好的|好吧|好嘞|可以|没错|没问题|确认|确定|要|要的|管|得|得劲|成|ok|okay|yes|y|就是|就是的|就这样|就这个|正是|没有了|发吧|交吧|提交|赞|当然|需要|愿意|同意)(?:啊|呀|的|了|吧|嘞|呢)?$/iu
const no =
  /^(?:不|不不|不是|不是的|不对|不要|不用|不用了|不行|不中|不可以|不需要|没有|没|别|错了|错|算了|算了吧|取消|不了|不想|不提交|不交|不愿意|否|no|n|不确认|不管|不成|拉倒|拉倒吧|甭|甭了)(?:啊|呀|的|了|吧|嘞|呢)?$/iu

/** A message that is nothing but an answer to the bot. */
export function matchAnswer(
  text: string,
  expecting: UnderstandContext['expecting'],
): (IntentScore & { choice?: number }) | null {
  const plain = text.replace(filler, '')
  if (plain.length === 0 || plain.length > 10) return null
  const choice = parseChoice(plain)
  if (
    choice !== null &&
    (expecting === 'choice' || /\d|第|选/u.test(plain)) &&
    !/^[a-f]$/iu.test(expecting === 'choice' ? '' : plain)
  ) {
    return { code: 'talk.choose', confidence: expecting === 'choice' ? 0.99 : 0.9, choice }
  }
  if (yes.test(plain)) return { code: 'talk.confirm', confidence: expecting === 'confirm' ? 0.99 : 0.85 }
  if (no.test(plain)) return { code: 'talk.deny', confidence: expecting === 'confirm' ? 0.99 : 0.85 }
  return null
}

const suicide =
  /不想活|不活了|活不(?:下去|成|了)|活够|没活头|活着(?:没|有啥|还有啥)|自杀|自尽|轻生|寻死|寻短见|跳(?:楼|河|井|桥|水库|塔)|上吊|割腕|喝(?:农)?药(?!酒|材)|百草枯|敌敌畏|安眠药.{0,8}(?:吃|喝|吞|瓶|片)|(?:吃|吞)了?.{0,6}安眠药|一了百了|死了算了|死给|死在(?:你们|村委|大队|政府)|同归于尽|遗书|不如死|想死(?!我|俺|你)|结束(?:自己|生命|一切)|了断/u
const violence =
  /(?:拿|持|提|举|动|抄|拎)着?(?:把|个|了)?.{0,4}(?:刀|斧|铁锨|锄|棍|枪|猎枪|砍刀|菜刀)|砍(?:人|我|俺|他|她|死|伤)|捅(?:人|我|俺|他|她|死|了)|杀(?:人|了|我|俺|他|她|全家)|弄死|整死|打死(?!结|狗|蚊)|往死里打|快打死|打得?(?:头破|满脸是?血|浑身是?血|不动|昏|半死)|满(?:脸|头|身|地)是?血|流了?(?:好多|很多|一地|不少)血|家暴|打老婆.{0,6}(?:打|血|救)|掐(?:脖|死)|绑架|拐走|抢(?:小孩|孩子)|炸(?:了|掉)?(?:村委|大队|政府|他家|你们)|放火|点(?:了|火烧)(?:他|你|村|大队|房)/u
const disaster =
  /(?:着|起|失)(?:大)?火(?!腿|车)|火灾|冒(?:黑|浓|大)?烟|爆炸|(?:煤气|燃气|天然气|沼气|液化气).{0,8}(?:漏|味|泄|中毒)|漏(?:煤|燃|天然)?气|煤气中毒|一氧化碳|(?:发|涨|来)大?水.{0,10}(?:淹|冲|困|进屋)|洪水|决堤|溃坝|垮坝|(?:水|河).{0,6}冲走|(?:掉|落|跌|滑)(?:进|到|入|在).{0,6}(?:井|水|河|塘|坑|窖|池|沟|水库)|落水|溺水|淹(?:着|死|到)(?:人|小孩|孩子)|塌.{0,8}(?:人|埋|压|砸|困)|(?:房|屋|墙|桥|楼).{0,4}(?:快|要|马上).{0,4}(?:塌|倒)|(?:埋|压|砸)(?:着|住|在|到|了).{0,6}人|滑坡|泥石流|触电|电(?:着|死|倒)(?:人|了|孩子)?|电线.{0,6}(?:掉|断|搭|落).{0,8}(?:地|水|路|人|房|火花)|漏电|高压线.{0,6}(?:断|掉|垂)|(?:人|爹|娘|爸|妈|爷|奶|老头|老太|老人|孩子|媳妇|大爷|大娘).{0,8}(?:晕倒|昏倒|昏迷|没气|不喘气|喘不上气|抽搐|没反应|叫不醒|不省人事|快不行|不行了|要生)|晕倒|昏迷|没(?:了)?呼吸|喘不上气|心脏病(?:犯|发)|脑(?:出血|溢血)|救命|救人|(?:打|叫|喊)(?:了)?(?:110|120|119)|走丢|走失|失踪|(?:找不到|找不着|不见).{0,3}(?:孩子|小孩|老人|娃)|(?:孩子|小孩|老人|娃).{0,6}(?:找不到|找不着|不见了)|中毒/u
const exaggeration =
  /(?:累|气|急|烦|热|冻|冷|困|饿|笑|忙|愁|渴|吓|疼|想|乐|恶心|坑|难看|晒|吵|熏|臭|堵|丢人|羞|后悔|穷|美|咸|撑|闷|苦|哭|晦气|羡慕|爱|馋|恨|怕)死(?:个)?(?:我|俺|咱|人|你|他|老子|爷|娘|了|啦|俩|们)*|死(?:贵|慢|沉|抠|板|心眼|活不|不承认|不要脸|皮赖脸|样|气沉沉|账|路)|要死(?:要活)?的?(?:人|慢|贵|热)?|不怕死|该死的?|死(?:的)?(?:不|也)?瞑目|笑不活|不要命地?涨|要了(?:老|亲)?命|要命的是|老命|杀鸡|杀猪|杀价|杀虫|打死结|打死狗|打死也|打死我也|杀手锏|火(?:气|大|爆|了|锅|车|腿|热|急|苗)|发火|冒火|上火|惹火|火冒三丈|炸毛|气炸|肺都?(?:要)?(?:气)?炸|炸(?:了)?锅|爆炸性|炸鸡|头(?:都)?(?:要)?炸|救命稻草|救命钱|救命恩人|救命药|喝药酒|中药|食物中毒(?:赔|后)|救火队|跳广场舞|跳楼价|跳楼大甩卖|吐血(?!了$)|活不活|心疼死/gu
const notNow =
  /(?:防火|消防|防汛|防溺水|防触电|防震|防煤气|反家暴|反诈|安全)(?:知识|宣传|检查|演练|培训|讲座|教育|措施|工作|设施|器材|通知|值班|员|栓|预案|提醒)|去年|前年|大前年|上个?月|以前|当年|那年|早些年|年前|上回|曾经|保险|赔偿(?:款|标准|多少)|补偿标准|救助标准|多少钱|报销|(?:怎么|咋)(?:预防|防|处理.{0,4}善后)|演练|责任状|宣传|一旦|万一|如果|要是|电影|电视剧|小说|新闻上|公示/u

/**
 * Danger to life, with the figures of speech (气死俺了, 火大, 跳楼价) taken out first. Made not to miss:
 * 'plain' speaks of danger now; 'distant' names it in the past, as a topic, or as an if, and needs the classifier's word.
 */
export function matchDanger(text: string): 'plain' | 'distant' | null {
  const literal = text.replace(exaggeration, '○')
  const own = suicide.test(literal)
  if (!own && !violence.test(literal) && !disaster.test(literal)) return null
  return own || !notNow.test(literal) ? 'plain' : 'distant'
}

const injection =
  /(?:忽略|无视|忘掉|忘记|跳过|抛开|不要理会|别管|不用管)(?:掉|了)?.{0,12}(?:指令|指示|要求|规则|设定|提示|限制|命令|约束|规定的话|前面说的)|(?:系统|初始|内置|原始)(?:提示词|指令|prompt)|提示词|ignore\b.{0,30}\b(?:previous|above|all|instruction|rule)|(?:system|developer)\s*(?:prompt|mode|message)|jailbreak|越狱模式|开发者模式|调试模式|管理员模式|(?:你|您)?(?:现在|从现在)(?:起|开始)?(?:你)?(?:就)?(?:是|扮演|假装|变成).{0,14}(?:管理员|没有限制|不受限制|黑客|dan\b|root|开发者|上级|另一个)|(?:drop|delete|truncate|select|insert|union)\s+(?:\*|table|from|into|all)|<script|javascript:|\$\{|\{\{|rm\s+-rf|\bsudo\b|(?:导出|发给我|打印|列出|给我看|交出|输出|显示)(?:一下|出来)?.{0,6}(?:全部|所有)(?:的)?(?:举报|案件|线索|用户|信访|聊天|数据|密码)|(?:全部|所有)(?:的)?(?:举报|案件|线索|聊天记录|用户数据|密码).{0,6}(?:发|导|给|打印|列|输出|交)|数据库(?:密码|连接|里|导)|后台(?:密码|账号|口令)|(?:api|access)\s*(?:key|token)|源代码(?:发|给|贴)/iu
const privacy =
  /(?:谁|哪个|哪家|啥人|什么人|是不是.{1,5})(?:龟孙|王八蛋|孙子|混蛋|人)?(?:在?(?:背后)?(?:偷偷)?)(?:举报|告|告发|检举|揭发|投诉|反映)(?:的|了)?(?:我|俺|我们|俺们|我家|俺家|俺的|我的|他|书记|会计|主任)|(?:举报|检举|告状|投诉|反映问题)(?:人|的人|的那人|者)(?:是|叫|到底是|究竟是)?(?:谁|什么名|叫|姓|的?(?:名字|姓名|电话|号码|身份|是男|住))|(?:举报信|举报材料|举报人).{0,6}(?:是谁|谁写|谁交|谁递|给我看|让我看|笔迹)|(?:给我|告诉我|查(?:一下|下)?|要|发我|说说|知道|看看).{0,12}(?:身份证号?|银行卡号?|卡号|病历|手机密码|开房|存款|征信|密码)|(?:他|她|老.|.{1,4})(?:的)?(?:身份证号码?|银行卡号|银行账号)(?:是)?(?:多少|给我|发|是啥|告诉)/u

/** Tries to steer or break the bot. */
export const isInjection = (text: string): boolean => injection.test(text)
/** Asks for a reporter's name or another's private data. */
export const isPrivacy = (text: string): boolean => privacy.test(text)
