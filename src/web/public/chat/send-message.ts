/** One message over HTTP: JSON when it is text, multipart with progress when it has photos. */
import { ApiError, fetchJson, toApiError } from '../../ui/fetch-json.ts'
import type { Unsent } from './unsent-store.ts'

const PATH = '/api/public/chat/messages'

/** @param onProgress share of the upload done, 0–1
 *  @throws ApiError */
export async function sendMessage(
  message: Unsent,
  photos: readonly Blob[],
  onProgress: (share: number) => void,
): Promise<void> {
  const { messageId, villageId, text } = message
  if (photos.length === 0) {
    await fetchJson(PATH, { body: { messageId, villageId, text } })
    return
  }
  const form = new FormData()
  form.set('messageId', messageId)
  form.set('villageId', villageId)
  form.set('text', text)
  photos.forEach((photo, index) =>
    form.append('files', photo, photo instanceof File ? photo.name : `photo-${index + 1}`),
  )
  await upload(form, onProgress)
}

// XMLHttpRequest, because fetch does not tell how much has gone up.
function upload(form: FormData, onProgress: (share: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', PATH)
    request.setRequestHeader('accept', 'application/json')
    request.upload.onprogress = (event) => onProgress(event.lengthComputable ? event.loaded / event.total : 0)
    request.onload = () => (request.status < 300 ? resolve() : reject(toApiError(request.status, request.responseText)))
    request.onerror = () => reject(new ApiError(0, 'unreachable', '网络不通，照片没有传上去。'))
    request.send(form)
  })
}
