/** What one message may hold. The service checks again. */
export const LONGEST_TEXT = 5_000
export const MOST_PHOTOS = 9
/** Bytes a photo. */
export const LARGEST_PHOTO = 10 * 1024 * 1024

/** Cuts text that is too long; `cut` tells whether anything was left out. Never cuts a character in two. */
export function cutText(text: string): { text: string; cut: boolean } {
  const characters = text.length > LONGEST_TEXT ? [...text] : null
  if (!characters || characters.length <= LONGEST_TEXT) return { text, cut: false }
  return { text: characters.slice(0, LONGEST_TEXT).join(''), cut: true }
}

/** Takes the photos that may go along, and says in Chinese why others may not. */
export function choosePhotos(files: readonly File[], already: number): { photos: File[]; problem: string | null } {
  const pictures = files.filter((file) => file.type.startsWith('image/'))
  const small = pictures.filter((file) => file.size <= LARGEST_PHOTO && file.size > 0)
  const photos = small.slice(0, Math.max(0, MOST_PHOTOS - already))
  const problems: string[] = []
  if (pictures.length < files.length) problems.push('只能发照片，别的文件发不了。')
  if (small.length < pictures.length) problems.push('有的照片太大（超过10兆），请重拍一张小点的。')
  if (photos.length < small.length) problems.push(`一次最多发${MOST_PHOTOS}张，多的下一条再发。`)
  return { photos, problem: problems.join('') || null }
}
