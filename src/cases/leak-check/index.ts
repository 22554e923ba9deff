export { findLeaks } from './find-leaks.ts'
export { SMALLEST_CELL } from './find-filing.ts'
export { LEAK_WAYS } from './types.ts'
export type { Leak, LeakAudience, LeakInput, LeakReport, LeakWay } from './types.ts'
