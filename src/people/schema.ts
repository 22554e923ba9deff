/** Shapes of signing in and of accounts. */
import { z } from 'zod'

export const SignIn = z.object({
  username: z.string().min(1).max(64),
  password: z.string().min(1).max(200),
  /** Six digits of the authenticator, where one was set up. */
  code: z.string().trim().max(12).optional(),
})
export type SignIn = z.infer<typeof SignIn>

export const AccountView = z.object({
  username: z.string(),
  displayName: z.string(),
  roles: z.array(z.string()),
  unit: z.string(),
  unitName: z.string(),
  level: z.string(),
  villages: z.array(z.string()),
})
export type AccountView = z.infer<typeof AccountView>

/** What signing in gives: who it is, and whether the second factor has to be set up first. */
export const SignedInView = z.object({ account: AccountView, enrol: z.boolean().optional() })
export type SignedInView = z.infer<typeof SignedInView>

export const EnrolmentView = z.object({
  /** For typing in by hand. */
  secret: z.string(),
  uri: z.string(),
  /** SVG of the code to photograph. */
  qr: z.string(),
})
export type EnrolmentView = z.infer<typeof EnrolmentView>

export const TotpCode = z.object({ code: z.string().trim().min(6).max(12) })
export type TotpCode = z.infer<typeof TotpCode>

export const ChangePassword = z.object({ old: z.string().min(1).max(200), fresh: z.string().min(1).max(200) })
export type ChangePassword = z.infer<typeof ChangePassword>

export const SessionView = z.object({
  handle: z.string(),
  username: z.string(),
  displayName: z.string(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  address: z.string(),
  device: z.string(),
  current: z.boolean(),
})
export type SessionView = z.infer<typeof SessionView>

export const SessionPath = z.object({ handle: z.string().regex(/^[\w-]{12}$/) })
export const AccountPath = z.object({ username: z.string().min(1).max(64) })

export const CreateAccount = z.object({
  username: z.string().regex(/^[a-z][a-z0-9-]{1,31}$/),
  displayName: z.string().trim().min(1).max(40),
  password: z.string().min(1).max(200),
  roles: z
    .array(
      z.enum([
        'clerk',
        'handler',
        'discipline-officer',
        'director',
        'supervisor',
        'administrator',
        'village-committee',
        'village-supervision',
        'village-accounts',
      ]),
    )
    .min(1),
  unit: z.string().min(1).max(64),
  operators: z.array(z.string().max(64)).max(20).default([]),
  villages: z.array(z.string().max(64)).max(200).default([]),
})
export type CreateAccount = z.infer<typeof CreateAccount>

export const ResetAccount = z.object({ password: z.string().min(1).max(200) })
export type ResetAccount = z.infer<typeof ResetAccount>

export const VillageView = z.object({ id: z.string(), name: z.string() })
export type VillageView = z.infer<typeof VillageView>
