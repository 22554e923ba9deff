/** Vectors of texts, kept on disk under the hash of the text: computed once for each text and model, read when needed. */
import { createHash } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

const HASH_BYTES = 16
const HEADER_BYTES = HASH_BYTES + 4

export interface VectorFile {
  /** Vectors of these texts in their order; null where there is none yet. */
  read(texts: readonly string[]): Promise<(Float32Array | null)[]>
  add(entries: readonly { text: string; vector: Float32Array }[]): Promise<void>
  close(): Promise<void>
}

/** First 16 bytes of the text's SHA-256. */
export const hashOfText = (text: string): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, HASH_BYTES * 2)

/**
 * Opens a file of entries (hash, length, numbers), which only grows: several processes may add to it, and a half-written
 * entry at its end, left by a crash, is written over. Every process reads what was there when it opened the file.
 * @param path created with its folder when missing; one file a model
 */
export async function openVectorFile(path: string): Promise<VectorFile> {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'a+')
  const offsets = new Map<string, Place>()
  let end = await readEntries(file, 0, offsets)
  // Half an entry at the end would spoil what is added after it.
  if (end < (await file.stat()).size) await file.truncate(end)
  return {
    read: async (texts) =>
      Promise.all(
        texts.map(async (text) => {
          const found = offsets.get(hashOfText(text))
          if (!found) return null
          const bytes = new Uint8Array(found.length * 4)
          const { bytesRead } = await file.read(bytes, 0, bytes.length, found.at)
          return bytesRead === bytes.length ? new Float32Array(bytes.buffer) : null
        }),
      ),
    async add(entries) {
      const fresh = entries.filter(({ text }) => !offsets.has(hashOfText(text)))
      if (fresh.length === 0) return
      await file.appendFile(
        Buffer.concat(
          fresh.map(({ text, vector }) => {
            const header = Buffer.alloc(HEADER_BYTES)
            header.write(hashOfText(text), 'hex')
            header.writeUInt32LE(vector.length, HASH_BYTES)
            return Buffer.concat([header, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)])
          }),
        ),
      )
      // Others may have added meanwhile: where ours came to lie is read, not reckoned.
      end = await readEntries(file, end, offsets)
    },
    close: async () => file.close(),
  }
}

interface Place {
  at: number
  length: number
}

/** Notes the whole entries from here on. Gives where the last of them ends. */
async function readEntries(file: FileHandle, from: number, offsets: Map<string, Place>): Promise<number> {
  const { size } = await file.stat()
  const header = Buffer.alloc(HEADER_BYTES)
  let at = from
  while (at + HEADER_BYTES <= size) {
    await file.read(header, 0, HEADER_BYTES, at)
    const length = header.readUInt32LE(HASH_BYTES)
    const next = at + HEADER_BYTES + length * 4
    if (next > size) break
    offsets.set(header.toString('hex', 0, HASH_BYTES), { at: at + HEADER_BYTES, length })
    at = next
  }
  return at
}
