/**
 * npm run say -- wechat 张家庄村民群 王大娘 "@村务小助手 去年修路花了多少钱"     in the group
 * npm run say -- wechat - 王大娘 "我要反映问题"                                in private
 * Says it through the development gateway of npm start and prints what the bot says back.
 */
import { getJson, untilHeard } from './../support/until-heard.ts'

export async function run([room = '', from = '', text = '']: string[]): Promise<void> {
  if (!text) {
    console.error('用法:npm run say -- wechat 群名或- 谁 "说什么"')
    process.exitCode = 2
    return
  }
  const control = `http://127.0.0.1:${process.env.PUPPET_CONTROL_PORT ?? 8789}`
  const heard = await untilHeard(
    async (after) => getJson<{ name: string; text: string }[]>(`${control}/said?after=${after}`),
    async () =>
      fetch(`${control}/say`, { method: 'POST', body: JSON.stringify({ from, text, ...(room !== '-' && { room }) }) }),
  )
  for (const { name, text: answer } of heard) console.log(`→ ${name}\n${answer}\n`)
  if (heard.length === 0) console.log('(没有回话)')
}
