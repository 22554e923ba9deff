/**
 * npm run audit -- verify [--anchors FILE]   checks every link of the audit log, against the anchors in the database and in
 * FILE (default DATA_DIR/audit-anchors.jsonl), and names the first that does not hold. Exit code 1 when one does not.
 * npm run audit -- anchor                    anchors today's head now
 */
import { parseArgs } from 'node:util'
import { readConfig } from '../src/config.ts'
import { anchorAudit, anchorFile, readAnchors } from '../src/infrastructure/audit-anchors.ts'
import { createAuditLog } from '../src/infrastructure/audit-log.ts'
import type { BrokenLink } from '../src/infrastructure/audit-log.ts'
import { shanghaiTime, systemClock } from '../src/infrastructure/clock.ts'
import { createVault } from '../src/infrastructure/crypto.ts'
import { parseInstanceKey, readInstanceKey } from '../src/infrastructure/instance-key.ts'
import { createKeyRings } from '../src/infrastructure/key-ring.ts'
import { connectMongo } from '../src/infrastructure/mongo.ts'

const HOW: Readonly<Record<BrokenLink['how'], string>> = {
  changed: '内容被改过',
  missing: '缺失',
  unlinked: '与前一条对不上',
  anchor: '与每日锚定的记录对不上',
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { anchors: { type: 'string' } } })
const config = readConfig(process.env)
const connection = await connectMongo(config.MONGODB_URI, { maxPoolSize: 4 })
try {
  const rings = createKeyRings(connection, parseInstanceKey(await readInstanceKey(config)))
  const vault = createVault(await rings.open())
  const log = createAuditLog(connection, () => new Date())
  if (positionals[0] === 'anchor') {
    const anchor = await anchorAudit({ connection, vault, clock: systemClock }, config.DATA_DIR)
    console.log(anchor ? `已锚定第${anchor.entry}条:${anchor.hash}` : '今天已经锚定过,或者还没有记录。')
  } else if (positionals[0] === 'verify') {
    const file = values.anchors ?? anchorFile(config.DATA_DIR)
    // The file lies with whoever keeps it; without one only the database can be asked.
    const kept = await readAnchors(file, vault.publicKey()).catch(() => null)
    if (kept && kept.forged.length > 0) {
      console.error(`锚定文件里${kept.forged[0]!._id}的签名不对。`)
      process.exitCode = 1
    }
    const broken = await log.verify(kept?.good ?? [])
    const anchors = kept ? `,外部锚定${kept.good.length}处` : ',没有外部锚定文件'
    if (broken) {
      const which = broken.at ? `(${shanghaiTime(broken.at)},${broken.event})` : ''
      console.error(`审计日志在第${broken.brokenAt}条断开${which}:${HOW[broken.how]}${anchors}。`)
      process.exitCode = 1
    } else console.log(`审计日志完整:共${await log.count()}条${anchors}。`)
  } else {
    console.error('npm run audit -- verify [--anchors FILE] | anchor')
    process.exitCode = 1
  }
} finally {
  await connection.close()
}
