/** A receipt by its link: for who holds the link, whoever that is. */
import { anyone, defineRoute } from '../../http/index.ts'
import type { Route } from '../../http/index.ts'
import { DomainError } from '../../infrastructure/errors.ts'
import type { CaseContext } from '../context.ts'
import { replies } from '../replies.ts'
import { ReceiptPath } from './schema.ts'
import type { ReceiptView } from './schema.ts'
import { isUnchanged, toReceipt, tokenHashOf } from './sign-receipt.ts'

export function receiptRoutes(context: CaseContext): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/public/receipt-key',
      summary: 'The public key that receipts are signed with',
      policy: anyone,
      handler: async () => ({ key: context.vault.publicKey() }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/public/receipts/:token',
      summary: 'A signed receipt, and whether what was filed is unchanged',
      params: ReceiptPath,
      policy: anyone,
      handler: async ({ params }): Promise<ReceiptView> => {
        const stored = await context.collections.cases.findOne(
          { 'receipt.tokenHash': tokenHashOf(context.vault, params.token) },
          { promoteBuffers: true },
        )
        const receipt = stored && toReceipt(stored)
        if (!stored || !receipt) throw new DomainError('not_found', 404, replies.receiptUnknown())
        return { receipt, unchanged: await isUnchanged(context, stored) }
      },
    }),
  ]
}
