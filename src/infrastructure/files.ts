/** Evidence and photos: checked by content, sealed, kept in MongoDB so that one backup holds everything. */
import { fileTypeFromBuffer } from 'file-type'
import type { ClientSession, Connection } from 'mongoose'
import { Types } from 'mongoose'
import { DomainError } from './errors.ts'
import type { Vault } from './crypto.ts'
import { contentHash } from './crypto.ts'

/** One file: below MongoDB's 16 MB document limit with room for the envelope. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024

export interface StoredFile {
  id: string
  /** By content; null when the content is none of the known types. */
  mediaType: string | null
  size: number
  sha256: string
}

export interface Files {
  /** @throws DomainError file_too_large, file_empty */
  save(bytes: Buffer, options?: { session?: ClientSession; at?: Date }): Promise<StoredFile>
  /** Null when there is no such file. Who may read is the caller's policy. */
  read(id: string): Promise<{ bytes: Buffer; mediaType: string | null } | null>
  /** SHA-256 of each, by id; those that are not there are left out. */
  hashes(ids: readonly string[]): Promise<Map<string, string>>
  /** Deletes them for good. */
  remove(ids: readonly string[], session?: ClientSession): Promise<void>
}

/** WeChat's voice messages; Tencent puts one byte before the mark. */
const SILK = Buffer.from('#!SILK_V3')

async function detectType(bytes: Buffer): Promise<string | null> {
  const mark = bytes[0] === 2 ? bytes.subarray(1) : bytes
  if (mark.subarray(0, SILK.length).equals(SILK)) return 'audio/silk'
  return (await fileTypeFromBuffer(bytes))?.mime ?? null
}

interface FileDocument {
  _id: Types.ObjectId
  sealed: Buffer
  mediaType: string | null
  size: number
  sha256: string
  at: Date
}

export function createFiles(connection: Connection, vault: Vault): Files {
  const collection = connection.collection<FileDocument>('files')
  return {
    async save(bytes, options = {}) {
      if (bytes.length === 0) throw new DomainError('file_empty', 400, '文件是空的，请重新发送。')
      if (bytes.length > MAX_FILE_BYTES) throw new DomainError('file_too_large', 413, '文件太大了，请发10MB以内的。')
      const _id = new Types.ObjectId()
      const document: FileDocument = {
        _id,
        sealed: vault.seal(bytes, `file:${_id.toHexString()}`),
        mediaType: await detectType(bytes),
        size: bytes.length,
        sha256: contentHash(bytes),
        at: options.at ?? new Date(),
      }
      await collection.insertOne(document, {
        session: options.session,
        writeConcern: options.session ? undefined : { w: 'majority' },
      })
      return { id: _id.toHexString(), mediaType: document.mediaType, size: document.size, sha256: document.sha256 }
    },
    async read(id) {
      if (!Types.ObjectId.isValid(id)) return null
      const found = await collection.findOne({ _id: new Types.ObjectId(id) }, { promoteBuffers: true })
      return found ? { bytes: vault.open(found.sealed, `file:${id}`), mediaType: found.mediaType } : null
    },
    async hashes(ids) {
      if (ids.length === 0) return new Map()
      const found = await collection
        .find({ _id: { $in: ids.map((id) => new Types.ObjectId(id)) } }, { projection: { sha256: 1 } })
        .toArray()
      return new Map(found.map(({ _id, sha256 }) => [_id.toHexString(), sha256]))
    },
    async remove(ids, session) {
      await collection.deleteMany({ _id: { $in: ids.map((id) => new Types.ObjectId(id)) } }, { session })
    },
  }
}
