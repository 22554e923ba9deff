/** What a password must be: long rather than odd, and none of those that everybody tries first. */

export const SHORTEST_PASSWORD = 10
const TRIED_FIRST =
  /^(?:password|passw0rd|qwerty|asdf|zxcv|admin|root|letmein|welcome|iloveyou|woaini|abc123|a?123456|1q2w3e|111|000|888|666|520)/i

/** @returns what is wrong with it, in Chinese; null when nothing is */
export function findPasswordFault(password: string, username: string): string | null {
  if (password.length < SHORTEST_PASSWORD) return `密码至少${SHORTEST_PASSWORD}位,可以用一句话。`
  if (password.length > 200) return '密码太长了。'
  if (new Set(password).size < 5) return '密码里重复的字太多。'
  if (password.toLowerCase().includes(username.toLowerCase())) return '密码里不能有用户名。'
  if (TRIED_FIRST.test(password)) return '这个密码太常见了,请换一个。'
  const kinds = [/\d/, /[a-z]/i, /[^\da-z]/i].filter((kind) => kind.test(password)).length
  if (kinds < 2) return '密码里字母、数字、符号或汉字,至少要有两样。'
  return null
}
