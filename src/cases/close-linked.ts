/** One investigation, several reporters: each case is closed by itself, each reporter is told on their own. */
import type { Actor } from '../people/index.ts'
import type { CaseContext } from './context.ts'
import { closeCase } from './handle-case.ts'
import { findCluster } from './list-cases.ts'
import type { StoredCase } from './model.ts'
import { stepFor } from './policy.ts'
import type { CloseCase } from './schema.ts'

/** @param request.linked also those that tell the same, as far as this actor may close them now */
export async function closeWithLinked(
  context: CaseContext,
  actor: Actor,
  request: { id: string } & CloseCase,
): Promise<StoredCase> {
  const closed = await closeCase(context, actor, request)
  if (!request.linked) return closed
  const cluster = await findCluster(context, actor, closed)
  const { version: _version, ...same } = request
  for (const other of cluster?.cases ?? []) {
    if (other._id.equals(closed._id) || !stepFor(actor, other, 'close')) continue
    await closeCase(context, actor, { ...same, id: other._id.toHexString() })
  }
  return closed
}
