import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { readRetrievalSet } from '../../scripts/evaluate/retrieval/read-retrieval.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'village-desk-retrieval-'))
  vi.stubEnv('INIT_CWD', folder)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text)
const QUESTIONS = '\uFEFFquestion\tpassage\r\n# a remark\r\n咋批地\t1|2\r\n\r\n咋领钱\ta|b\r\n'
const WANTED = {
  passages: [
    { id: '1', text: '一' },
    { id: '2', text: '二' },
    { id: 'a|b', text: '三' },
  ],
  questions: [
    { text: '咋批地', right: ['1', '2'] },
    { text: '咋领钱', right: ['a|b'] },
  ],
}

it.each([
  ['set.passages.tsv', 'id\ttext\n1\t一\n2\t二\na|b\t三\n'],
  ['set.passages.jsonl', '{"id":1,"text":"一"}\n{"id":"2","text":"二"}\n{"id":"a|b","text":"三"}\n'],
  ['passages.tsv', '1\t一\n2\t二\na|b\t三\n'],
])('finds %s beside the questions, from where the command was called', async (name, text) => {
  await write('set.tsv', QUESTIONS)
  await write(name, text)
  expect(await readRetrievalSet('set.tsv')).toEqual(WANTED)
})

it('takes a file that is named', async () => {
  await write('set.tsv', QUESTIONS)
  await write('texts.json', JSON.stringify(WANTED.passages))
  expect(await readRetrievalSet('set.tsv', 'texts.json')).toEqual(WANTED)
})

it('names what is wrong', async () => {
  await write('set.tsv', 'q\t1\nx\t9\n')
  await expect(readRetrievalSet('set.tsv')).rejects.toThrow(/no passages beside .*set\.passages\.tsv/)
  await write('passages.tsv', '1\t一\n')
  await expect(readRetrievalSet('set.tsv')).rejects.toThrow('set.tsv:2: no passage 9 in passages.tsv')
  await write('passages.tsv', '1 一\n')
  await expect(readRetrievalSet('set.tsv')).rejects.toThrow('passages.tsv:1: no tab')
})
