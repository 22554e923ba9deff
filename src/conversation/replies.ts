/** Every sentence that the conversation itself says, apart from what skills answer. */
import type { Reply } from '../channels/index.ts'
import { adviceFor } from './danger-advice.ts'

export interface Ways {
  publicUrl: string
  dutyPhone: string
}

/** Characters of a voice message that are said back. */
const HEARD_SHOWN = 60

const plain = (text: string, short?: string): Reply => ({ text, ...(short && { short }) })

export const replies = {
  greeting: (village: string | null): Reply =>
    plain(
      `您好，我是村务小助手${village ? `(${village})` : ''}。\n您可以直接问，比如“去年修路花了多少钱”“低保怎么办”。\n有事要反映，说“我要反映问题”就行，您的姓名会保密。`,
      '您好，我是村务小助手。可以问村里的账、项目、补贴、办事；要反映问题就回“我要反映”，会替您保密。',
    ),
  help: ({ publicUrl }: Ways): Reply =>
    plain(
      `我能帮您两样事：\n一是问：村里收支、工程、合同、补贴、谁管啥、怎么办事。比如“上个月都支了啥”。\n二是反映：说“我要反映问题”，一步步来，会给您一个查询码。\n也能看网页：${publicUrl}/v/`,
      '问村里的账、工程、补贴、办事，直接发就行；反映问题回“我要反映”；查进度发查询码。',
    ),
  thanks: (): Reply => plain('不客气，有事随时说。'),
  nothingOpen: (): Reply => plain('好的。还想问啥，直接说就行。'),
  stopped: (): Reply => plain('好的，以后不主动给您发消息了。您问我，我照样答；想恢复就回“恢复”。'),
  resumed: (): Reply => plain('好的，恢复了。'),
  whichVillage: (names: string[]): Reply => ({
    text: `您问的是哪个村？${names.map((name, index) => `${index + 1}. ${name}`).join(' ')}`,
    choices: names,
  }),
  villageSet: (name: string): Reply => plain(`记下了，您是${name}的。想问啥直接说。`),
  villageUnknown: (names: string[]): Reply => plain(`这个村我这儿没有资料。现在有：${names.join('、')}。`),
  choose: (titles: string[]): Reply => ({
    text: `没太听明白，您是想：\n${titles.map((title, index) => `${index + 1}. ${title}`).join('\n')}\n回个数字就行，或者换个说法再说一遍。`,
    choices: titles,
  }),
  notUnderstood: (): Reply =>
    plain(
      '这个我没答上来，已经记下，会有人看。\n您也可以换个说法，比如“去年修路花了多少钱”；想找人就回“找人工”。',
      '没答上来，已记下。可换个说法再问，或回“找人工”。',
    ),
  missed: (): Reply => plain('对不住,没答到点子上。您的问题已经记下,会有人看;也可以换个说法,我再查。'),
  orReport: (): Reply => plain('要是想反映这事,回“我要反映”。'),
  noConsultation: (): Reply => plain('这会儿没有正在征求意见的事。您有想法,发“提建议:……”,我给您记下转过去。'),
  outOfScope: (): Reply => plain('这个我帮不上。村里的账、工程、补贴、办事，还有反映问题，都可以找我。'),
  abuse: (): Reply => plain('您别急。有啥事慢慢说，我记下来；想找人就回“找人工”。'),
  injection: (): Reply => plain('这个我做不了。村里公开的事可以问我。'),
  privacy: (): Reply => plain('别人的个人信息、谁反映的问题，我都不能说，对谁都一样。村里公开的内容可以问我。'),
  danger: (said: string, { dutyPhone }: Ways): Reply => {
    const { text, short } = adviceFor(said)
    return plain(
      `您先别慌,先顾人!\n${text}\n镇里值班电话${dutyPhone},24小时有人。您说的我马上报给值班的人。`,
      `先顾人!${short}镇值班${dutyPhone}。`,
    )
  },
  groupAccusation: ({ publicUrl }: Ways): Reply =>
    plain(`群里不谈具体的人和事。要反映问题，请加我好友私聊，或到 ${publicUrl}/chat ，内容会保密。`),
  groupPrivate: ({ publicUrl }: Ways): Reply => plain(`这事咱私下说：加我好友私聊，或到 ${publicUrl}/chat 。`),
  photosKept: (count: number): Reply => plain(`收到${count}张照片。您是要反映问题吗？说一句是啥事就行。`),
  filesKept: (count: number): Reply => plain(`收到${count}个文件。您是要反映问题吗？说一句是啥事就行。`),
  notAPhoto: (): Reply => plain('有文件打不开，可能没传好。请重新拍一张发来。'),
  fileRefused: (): Reply => plain('有文件太大或太多，没能收下。请分开发，每个10MB以内。'),
  voice: (): Reply => plain('语音我还听不懂，劳您打字说一下。反映问题时，语音会当作材料留着。'),
  voiceUnclear: (): Reply => plain('这段语音没听清,劳您打字说一下,或者慢点再说一遍。反映问题时,语音会当作材料留着。'),
  heard: (said: string): string => `听到您说:“${said.length > HEARD_SHOWN ? `${said.slice(0, HEARD_SHOWN)}…` : said}”`,
  empty: (): Reply => plain('没看到内容，您再发一遍？'),
  notText: (): Reply => plain('这个我看不懂，劳您用文字说说。'),
  onlyChinese: (): Reply => plain('这个我看不懂，劳您用中文说说。'),
  tooLong: (): Reply => plain('您发的太长了，后面的没收全。请分几段发。'),
  tooMany: (): Reply => plain('您发得太快了，我先记着。歇一分钟再问。'),
  fault: (id: string): Reply => plain(`系统出了点问题，您的话收到了，没丢。请过会儿再试(编号${id})。`),
  aside: (): Reply => plain('咱接着刚才的事：'),
} as const
