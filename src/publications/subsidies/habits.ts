/** What people call a subsidy. */

/** What people call them, where no part of the name says it. */
export const HABITS: readonly [RegExp, RegExp][] = [
  [/(?<!送|慰问|走访)(困难户|贫困户|吃低保|穷的)(?!.{0,3}(送|慰问|米面))/, /最低生活保障|低保/],
  [/(种粮|粮补|地补|种地|麦子|小麦|地力)/, /耕地地力/],
  [/(80|90|八十|九十|高龄|老人(钱|补|津)|老年(补|津))/, /高龄/],
  [/(玉米|大豆|豆子)/, /玉米|大豆/],
  [/(公益岗)/, /公益/],
  [/(护理)/, /护理/],
  [/(残疾|残补)/, /残疾/],
  [/(救急|大病|火灾).*(救助|补|钱)/, /临时救助/],
]

/** Do people mean the subsidy of this name by this word? */
export const isMeantBy = (word: string, name: string): boolean =>
  HABITS.some(([asked, called]) => asked.test(word) && called.test(name))
