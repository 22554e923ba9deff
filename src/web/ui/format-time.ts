/** Times as people here read them. The clock on the wall is Asia/Shanghai wherever the browser is. */
const zone = 'Asia/Shanghai'
const day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** YYYY-MM-DD in Asia/Shanghai. */
export function formatDay(at: string | Date): string {
  return day.format(new Date(at))
}

/** HH:MM in Asia/Shanghai. */
export function formatClock(at: string | Date): string {
  return clock.format(new Date(at))
}

/** 今天 14:05 / 昨天 09:30 / 3月2日 10:00 / 2025年3月2日 10:00. */
export function formatMoment(at: string | Date, now = new Date()): string {
  const days = daysBetween(at, now)
  if (days === 0) return `今天 ${formatClock(at)}`
  if (days === 1) return `昨天 ${formatClock(at)}`
  return `${formatDate(at, now)} ${formatClock(at)}`
}

/** 3月2日, with the year when it is not this year. */
export function formatDate(at: string | Date, now = new Date()): string {
  const [year, month, date] = formatDay(at).split('-').map(Number)
  const short = `${month}月${date}日`
  return String(year) === formatDay(now).slice(0, 4) ? short : `${year}年${short}`
}

/** Calendar days from one day to another in Asia/Shanghai; negative when `to` is earlier. */
export function daysBetween(from: string | Date, to: string | Date): number {
  return Math.round((Date.parse(formatDay(to)) - Date.parse(formatDay(from))) / 86_400_000)
}
