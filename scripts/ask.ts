/** npm run ask -- --village 张家庄 "去年修路花了多少钱" [another question …] [--json] [--sms]: what a villager would be answered, and from what. */
import { parseArgs } from 'node:util'
import { createPublicationsHere } from './support/publications-here.ts'
import { startTalk } from './support/talk.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    village: { type: 'string' },
    json: { type: 'boolean', default: false },
    sms: { type: 'boolean', default: false },
  },
})

if (positionals.length === 0) {
  console.error('用法:npm run ask -- --village 张家庄 "去年修路花了多少钱" [--json] [--sms]')
  process.exit(2)
}

const here = await createPublicationsHere()
try {
  const { villages } = await here.organisation.get()
  const village =
    values.village === undefined
      ? villages[0]
      : villages.find(({ id, name, aliases }) => [id, name, ...aliases].includes(values.village!))
  if (!village) {
    console.error(`没有这个村:${values.village}。现在有:${villages.map(({ name }) => name).join('、')}`)
    process.exitCode = 2
  } else {
    const talk = await startTalk(here, village.id, {
      form: values.sms ? 'sms' : 'web',
      cacheDir: `${process.env.DATA_DIR ?? '.data'}/cache`,
    })
    // A service has time for it before the first question; here it is waited for, within limits.
    await Promise.race([
      here.publications.prepareSearch(),
      new Promise((resolve) => setTimeout(resolve, 5_000).unref()),
    ])
    const results: unknown[] = []
    for (const question of positionals) {
      const { replies, outcomes, understanding, unanswered } = await talk.say(question)
      const first = outcomes[0]
      results.push({
        question,
        village: { id: village.id, name: village.name },
        intent: first?.intent ?? understanding?.intents[0]?.code,
        confidence: first?.confidence ?? understanding?.intents[0]?.confidence,
        slots: first?.slots ?? understanding?.slots,
        answer: replies.map(({ text }) => text).join('\n\n'),
        short: replies.map(({ short, text }) => short ?? text),
        card: replies[0]?.card,
        sources: replies.flatMap(({ card }) => card?.sources ?? []),
        records: outcomes.flatMap(({ outcome }) => outcome.trace?.recordIds ?? []),
        figures: Object.assign({}, ...outcomes.map(({ outcome }) => outcome.trace?.figures ?? {})) as Record<
          string,
          number
        >,
        unanswered,
      })
      if (!values.json) {
        if (positionals.length > 1) console.log(`\n问:${question}`)
        for (const reply of replies) console.log(values.sms ? (reply.short ?? reply.text) : reply.text)
      }
    }
    if (values.json) console.log(JSON.stringify(results.length === 1 ? results[0] : results, null, 2))
    talk.close()
  }
} finally {
  await here.close()
}
