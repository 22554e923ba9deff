/** npm run say -- sms 13800000001 "张家庄 去年修路花了多少钱": sends it as a text message and prints the answer as it arrives on the phone. */
import { randomUUID } from 'node:crypto'
import { getJson, untilHeard } from './../support/until-heard.ts'

export async function run([from = '', text = '']: string[]): Promise<void> {
  if (!from || !text) {
    console.error('用法:npm run say -- sms 手机号 "说什么"')
    process.exitCode = 2
    return
  }
  const control = `http://127.0.0.1:${process.env.SMS_CONTROL_PORT ?? 8799}`
  const service = `http://127.0.0.1:${process.env.PORT ?? 3000}`
  const token = await getJson<string>(`${control}/token`)
  const query = new URLSearchParams({ from, text, to: '10690001', id: randomUUID() }).toString()
  const heard = await untilHeard(
    async (after) =>
      (await getJson<{ to: string; text: string }[]>(`${control}/sent`)).filter(({ to }) => to === from).slice(after),
    async () => fetch(`${service}/api/hooks/sms-kannel/${token}/incoming?${query}`),
  )
  for (const { text: answer } of heard) console.log(`→ ${from}(${answer.length}字)\n${answer}\n`)
  if (heard.length === 0) console.log('(没有回话)')
}
