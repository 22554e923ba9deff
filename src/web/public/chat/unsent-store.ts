/** What was written and not yet taken by the service: kept on the device, so that a dead battery or a lost signal loses nothing. */
export interface Unsent {
  /** The page's own id; sent again with the same id, so that the service stores it once. */
  messageId: string
  villageId: string
  text: string
  /** What the bubble shows where that is more than what is sent (a choice: sent as its number). */
  shown?: string
  /** ISO time of writing. */
  at: string
  /** Number of photos; the photos themselves are in IndexedDB under the same id. */
  photos: number
}

const KEY = 'village-desk.unsent'

// Where the browser forbids or has filled its storage (private window), memory serves until the page is closed.
let texts: Unsent[] | null = null
const photosInMemory = new Map<string, readonly Blob[]>()

/** Texts waiting to be sent, oldest first. */
export function listUnsent(): Unsent[] {
  if (texts) return texts
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(found) ? (found as Unsent[]).filter((item) => typeof item?.messageId === 'string') : []
  } catch {
    return []
  }
}

function write(items: Unsent[]): void {
  if (texts) texts = items
  try {
    localStorage.setItem(KEY, JSON.stringify(items))
  } catch {
    texts = items
  }
}

export async function keepUnsent(item: Unsent, photos: readonly Blob[]): Promise<void> {
  write([...listUnsent().filter((other) => other.messageId !== item.messageId), item])
  if (photos.length === 0) return
  await withPhotos('readwrite', (store) => store.put([...photos], item.messageId)).catch(() =>
    photosInMemory.set(item.messageId, photos),
  )
}

export async function dropUnsent(messageId: string): Promise<void> {
  write(listUnsent().filter((item) => item.messageId !== messageId))
  photosInMemory.delete(messageId)
  await withPhotos('readwrite', (store) => store.delete(messageId)).catch(() => undefined)
}

/** Photos of an unsent message; empty when the browser has thrown them away. */
export async function readPhotos(messageId: string): Promise<readonly Blob[]> {
  const inMemory = photosInMemory.get(messageId)
  if (inMemory) return inMemory
  const found = await withPhotos('readonly', (store) => store.get(messageId)).catch(() => undefined)
  return Array.isArray(found) ? (found as Blob[]) : []
}

function withPhotos(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('village-desk', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('photos')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      const request = work(database.transaction('photos', mode).objectStore('photos'))
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
      request.transaction!.oncomplete = () => database.close()
    }
  })
}
