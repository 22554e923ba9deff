export interface SendErrorFacts {
  /** Try again later. */
  retryable: boolean
  /** The provider asked us to slow down: the whole channel waits. */
  throttled?: boolean
  /** The message may have gone out although we saw an error (connection cut after the request was written). */
  maybeSent?: boolean
  /** For the operator: never the message, the address or a name. */
  operatorText: string
}

/** Why a message was not sent, decided once in the channel, so that the outbox needs no knowledge of it. */
export class SendError extends Error {
  readonly retryable: boolean
  readonly throttled: boolean
  readonly maybeSent: boolean
  readonly operatorText: string

  constructor(facts: SendErrorFacts) {
    super(facts.operatorText)
    this.name = 'SendError'
    this.retryable = facts.retryable
    this.throttled = facts.throttled ?? false
    this.maybeSent = facts.maybeSent ?? false
    this.operatorText = facts.operatorText
  }
}
