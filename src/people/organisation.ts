/** The organisation: township, villages, units, officials, shared accounts. Loaded from the township's file, kept in MongoDB. */
import { z } from 'zod'
import { DomainError } from '../infrastructure/errors.ts'
import type { Services } from '../infrastructure/services.ts'

const Village = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string(),
  aliases: z.array(z.string()).default([]),
  households: z.number().optional(),
  population: z.number().optional(),
  phone: z.string().optional(),
})
export type Village = z.infer<typeof Village>

const Unit = z.object({
  id: z.string(),
  name: z.string(),
  level: z.string(),
  phone: z.string().optional(),
  hours: z.string().optional(),
  /** What it looks after, in a few words. */
  duties: z.string().optional(),
})
export type Unit = z.infer<typeof Unit>

const Official = z.object({
  id: z.string(),
  name: z.string(),
  unit: z.string(),
  post: z.string(),
  aliases: z.array(z.string()).default([]),
  phone: z.string().optional(),
  supervises: z.array(z.string()).default([]),
  declaredRelatives: z.array(z.object({ id: z.string(), relation: z.string() })).default([]),
})
export type Official = z.infer<typeof Official>

/** Who is called out when a life is in danger, day and night: a telephone that takes text messages. */
const DutyPhone = z.object({
  name: z.string(),
  phone: z.string().regex(/^1[3-9]\d{9}$/, 'a mobile number'),
  /** On duty for this village only; for the whole township when left out. */
  village: z.string().optional(),
})

const SharedAccount = z.object({ id: z.string(), name: z.string(), operators: z.array(z.string()) })

/** Shape of township.yaml; more keys may stand in the file. */
export const Organisation = z.object({
  id: z.string(),
  name: z.string(),
  county: z.string().optional(),
  dutyPhone: z.string().optional(),
  duty: z.array(DutyPhone).default([]),
  villages: z.array(Village).min(1),
  units: z.array(Unit).min(1),
  officials: z.array(Official).default([]),
  accounts: z.array(SharedAccount).default([]),
})
export type Organisation = z.infer<typeof Organisation>

export interface OrganisationStore {
  /** @throws DomainError organisation_missing when no township has been loaded */
  get(): Promise<Organisation>
  /** Replaces it whole. @throws DomainError organisation_invalid with the places that are wrong */
  load(raw: unknown): Promise<Organisation>
  /** The village that a text names, by name or alias; the longest name wins. */
  findVillage(text: string): Promise<Village | null>
}

/** Changes reach other processes within this time. */
const FRESH_MS = 10_000

export function createOrganisation({ connection, clock }: Services): OrganisationStore {
  const collection = connection.collection<{ _id: string; organisation: Organisation; loadedAt: Date }>('organisation')
  let cached: { organisation: Organisation; at: number } | null = null

  const get = async (): Promise<Organisation> => {
    if (cached && Date.now() - cached.at < FRESH_MS) return cached.organisation
    const found = await collection.findOne({ _id: 'township' })
    if (!found) throw new DomainError('organisation_missing', 503, '还没有导入乡镇资料。')
    cached = { organisation: found.organisation, at: Date.now() }
    return found.organisation
  }
  return {
    get,
    async load(raw) {
      const parsed = Organisation.safeParse(raw)
      if (!parsed.success) {
        throw new DomainError(
          'organisation_invalid',
          400,
          '乡镇资料有误。',
          parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
        )
      }
      await collection.replaceOne(
        { _id: 'township' },
        { organisation: parsed.data, loadedAt: clock.now() },
        { upsert: true, writeConcern: { w: 'majority' } },
      )
      cached = null
      return parsed.data
    },
    async findVillage(text) {
      const { villages } = await get()
      const named = villages
        .flatMap((village) => [village.name, ...village.aliases].map((name) => ({ village, name })))
        .filter(({ name }) => text.includes(name))
      return named.sort((a, b) => b.name.length - a.name.length)[0]?.village ?? null
    },
  }
}
