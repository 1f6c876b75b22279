/** A host whose key is not in any known_hosts file. */
export interface HostKeyQuestion {
  /** For people: `root@kvm1`. */
  readonly host: string;
  /** The name the key would be kept under: `kvm1`, `[kvm1]:2222`. */
  readonly knownHostsName: string;
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa` ... */
  readonly keyType: string;
  /** `SHA256:` and base64 without padding, as ssh-keygen -l shows it. */
  readonly fingerprint: string;
  /** Types of other keys that are known for this host; empty for a host never seen. */
  readonly otherKnownTypes: readonly string[];
  /** The file the key is added to when it is trusted. */
  readonly file: string | undefined;
}

export interface PassphraseQuestion {
  readonly host: string;
  readonly keyFile: string;
  /** From 1; more than 1 when the one before was wrong. */
  readonly attempt: number;
}

export interface PasswordQuestion {
  readonly host: string;
  readonly user: string;
  /** From 1; more than 1 when the one before was refused. A remembered password may be given the first time. */
  readonly attempt: number;
}

export interface KeyboardInteractiveQuestion {
  readonly host: string;
  /** What the server says about itself and its questions; either may be empty. */
  readonly name: string;
  readonly instructions: string;
  /** `echo` is false for secrets. */
  readonly prompts: readonly { readonly prompt: string; readonly echo: boolean }[];
  readonly attempt: number;
}

/**
 * What a person is asked on the way to a host. `undefined` means they cancelled, which ends the connecting with a
 * CancelledError. The signal aborts when the answer is no longer wanted; the prompt is then taken away.
 */
export interface SshPrompts {
  /** true: trust the key and remember it. false or undefined: do not connect. */
  confirmHostKey(question: HostKeyQuestion, signal: AbortSignal): Promise<boolean | undefined>;
  /** An empty answer: go on without this key. */
  passphrase(question: PassphraseQuestion, signal: AbortSignal): Promise<string | undefined>;
  password(question: PasswordQuestion, signal: AbortSignal): Promise<string | undefined>;
  /** As many answers as there are prompts. */
  keyboardInteractive(
    question: KeyboardInteractiveQuestion,
    signal: AbortSignal,
  ): Promise<readonly string[] | undefined>;
}
