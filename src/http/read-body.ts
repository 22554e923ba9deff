/** Bodies are read within bounds: JSON, or a form with files. */
import busboy from 'busboy'
import type { Context } from 'koa'
import { DomainError } from '../infrastructure/errors.ts'
import type { RouteRequest } from './define-route.ts'

const MAX_JSON = 512 * 1024
const MAX_FIELD = 256 * 1024

type Files = RouteRequest<never, never, never>['files']

/** @throws DomainError body_too_large, body_invalid */
export async function readJson(koa: Context): Promise<unknown> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of koa.req as AsyncIterable<Buffer>) {
    size += part.length
    if (size <= MAX_JSON) parts.push(part)
  }
  if (size > MAX_JSON) throw new DomainError('body_too_large', 413, '内容太长了，请分几次发。')
  if (size === 0) return {}
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch {
    throw new DomainError('body_invalid', 400, '内容格式不对，请重试。')
  }
}

/** @throws DomainError file_too_large, too_many_files, body_invalid */
export async function readMultipart(
  koa: Context,
  limits: { maxBytes: number; count: number },
): Promise<{ fields: Record<string, string>; files: Files }> {
  const fields: Record<string, string> = {}
  const files: Files = []
  return new Promise((resolve, reject) => {
    let refused: DomainError | null = null
    let parser: ReturnType<typeof busboy>
    try {
      parser = busboy({
        headers: koa.req.headers,
        defParamCharset: 'utf8',
        limits: { fileSize: limits.maxBytes, files: limits.count, fields: 20, fieldSize: MAX_FIELD },
      })
    } catch {
      koa.req.resume()
      reject(new DomainError('body_invalid', 400, '内容格式不对，请重试。'))
      return
    }
    parser.on('field', (name, value) => {
      fields[name] = value
    })
    parser.on('file', (field, stream, info) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('limit', () => {
        refused = new DomainError(
          'file_too_large',
          413,
          `文件太大了，请发${Math.floor(limits.maxBytes / 1024 / 1024)}MB以内的。`,
        )
      })
      stream.on('end', () =>
        files.push({ field, name: info.filename ?? '', claimedType: info.mimeType, bytes: Buffer.concat(parts) }),
      )
    })
    parser.on('filesLimit', () => {
      refused = new DomainError('too_many_files', 413, `一次最多发${limits.count}个文件，请分几次发。`)
    })
    parser.on('error', () => reject(new DomainError('body_invalid', 400, '上传没有完成，请重试。')))
    parser.on('close', () => (refused ? reject(refused) : resolve({ fields, files })))
    koa.req.on('aborted', () => reject(new DomainError('body_invalid', 400, '上传没有完成，请重试。')))
    koa.req.pipe(parser)
  })
}
