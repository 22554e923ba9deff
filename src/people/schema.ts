/** Shapes of signing in. */
import { z } from 'zod'

export const SignIn = z.object({ username: z.string().min(1).max(64), password: z.string().min(1).max(200) })
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

export const VillageView = z.object({ id: z.string(), name: z.string() })
export type VillageView = z.infer<typeof VillageView>
