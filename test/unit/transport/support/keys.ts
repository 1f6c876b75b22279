import ssh2 from 'ssh2';

type KeyType = 'ed25519' | 'ecdsa' | 'rsa';

/** A pair of keys. Of 200 ed25519 pairs that ssh2 makes, one has a public part that it cannot read itself: not that one. */
export function makeKeyPair(type: KeyType = 'ed25519', bits?: number): { public: string; private: string } {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync(type as 'rsa', { bits } as { bits: number });
    if (!(ssh2.utils.parseKey(pair.public) instanceof Error)) return pair;
  }
}
