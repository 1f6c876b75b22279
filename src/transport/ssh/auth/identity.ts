import type { ParsedKey, SigningRequestOptions } from 'ssh2';

export type SignatureHash = SigningRequestOptions['hash'];

/** A key pair that a login can be tried with. */
export interface Identity {
  /** For the log: the path of the key file, or the comment of the agent's key. */
  readonly name: string;
  /**
   * The public key; reading it may ask for a passphrase where no public part lies in the open. undefined: the key
   * cannot be used, and the log says why.
   */
  publicKey(): Promise<ParsedKey | undefined>;
  /** Signs; may ask for a passphrase. Rejects when the key cannot be used. */
  sign(data: Buffer, hash: SignatureHash): Promise<Buffer>;
}
