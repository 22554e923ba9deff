/** The parts of a workbook's zip, each unpacked as a stream and never beyond what the package may hold. */
import type { Readable } from 'node:stream'
import { fromBufferPromise } from 'yauzl'
import type { Entry } from 'yauzl'
import { DomainError } from '../../../infrastructure/errors.ts'
import { MAX_PARTS, MAX_UNPACKED, refusedFile } from '../limits.ts'
import { importReplies as say } from '../replies.ts'

export interface Package {
  has(name: string): boolean
  names(): string[]
  /** @throws DomainError import_invalid when the part is not there */
  open(name: string): Promise<Readable>
  close(): void
}

/**
 * Sizes are added up from the directory before anything is unpacked; a part that is longer than the directory says ends
 * its stream with an error, so a lie about the size is found while reading.
 * @throws DomainError import_invalid
 */
export async function openPackage(file: string, bytes: Buffer): Promise<Package> {
  const parts = new Map<string, Entry>()
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true })
    if (zip.entryCount > MAX_PARTS) throw refusedFile(say.tooManyParts(file))
    let unpacked = 0
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw refusedFile(say.encrypted(file))
      unpacked += entry.uncompressedSize
      if (unpacked > MAX_UNPACKED) throw refusedFile(say.unpacksTooLarge(file))
      parts.set(entry.fileName, entry)
    }
    return {
      has: (name) => parts.has(name),
      names: () => [...parts.keys()],
      async open(name) {
        const entry = parts.get(name)
        if (!entry) throw refusedFile(say.notAWorkbook(file))
        return zip.openReadStreamPromise(entry)
      },
      close: () => zip.close(),
    }
  } catch (error) {
    if (error instanceof DomainError) throw error
    throw refusedFile(say.notAWorkbook(file))
  }
}
