/** What a capability hands to app.ts. Everything is optional; app.ts is the one list of what the system consists of. */
export interface Job {
  /** Explicit name, e.g. cases.remind-deadline. */
  name: string
  /** Runs every so many milliseconds on one worker. */
  everyMs: number
  run(): Promise<void>
}

export interface CapabilityParts<Route, Skill, Form, VocabularyEntry> {
  name: string
  routes?: Route[]
  skills?: Skill[]
  forms?: Form[]
  /** Names of people, places, projects that understanding should know; null = the whole township. */
  vocabulary?(villageId: string | null): Promise<VocabularyEntry[]>
  jobs?: Job[]
  /** Indexes and first loads. */
  start?(): Promise<void>
  stop?(): Promise<void>
}
