/** Which days are working days: State Council arrangements from chinese-days, or a file that overrides them. */
import chineseDays from 'chinese-days'

export interface WorkCalendar {
  /** False when the arrangement of that year has not been published: nothing may then be computed as if it had. */
  knows(year: number): boolean
  /** @param date YYYY-MM-DD. Make-up Saturdays and Sundays are working days. */
  isWorkday(date: string): boolean
}

export interface CalendarFile {
  /** Inclusive ranges by year of the arrangement. */
  daysOff: Record<string, [string, string][]>
  makeUpWorkdays: Record<string, string[]>
}

const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())

export function addDays(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

/** From a file in the form of deadlines.sample.yaml. */
export function calendarFromFile(file: CalendarFile): WorkCalendar {
  const years = new Set(Object.keys(file.daysOff).map(Number))
  const off = new Set<string>()
  for (const [from, to] of Object.values(file.daysOff).flat())
    for (let day = from; day <= to; day = addDays(day, 1)) off.add(day)
  const makeUp = new Set(Object.values(file.makeUpWorkdays).flat())
  return {
    knows: (year) => years.has(year),
    isWorkday: (date) => makeUp.has(date) || (!off.has(date) && !isWeekend(date)),
  }
}

/** From the kept library. A year is known when its National Day is. */
export function publishedCalendar(): WorkCalendar {
  const known = new Map<number, boolean>()
  return {
    knows(year) {
      let answer = known.get(year)
      if (answer === undefined) {
        answer = chineseDays.getHolidaysInRange(`${year}-10-01`, `${year}-10-03`, false).length > 0
        known.set(year, answer)
      }
      return answer
    },
    isWorkday: (date) => chineseDays.isWorkday(date),
  }
}

/** Until a year's arrangement is published: weekends are days of rest, all else is work. What comes of it is provisional. */
export function assumedCalendar(calendar: WorkCalendar): WorkCalendar {
  return {
    knows: () => true,
    isWorkday: (date) => (calendar.knows(Number(date.slice(0, 4))) ? calendar.isWorkday(date) : !isWeekend(date)),
  }
}
