interface Revision {
  readonly hash: string;
  /** ms since 1970: when this text was first seen here. */
  readonly mtime: number;
  /** In bytes. */
  readonly size: number;
}

/**
 * libvirt keeps no modification times. A definition that reads differently from the last time is a newer one: that is
 * what VS Code needs to see a conflict.
 */
export class Revisions {
  readonly #known = new Map<string, Revision>();

  get(key: string): Revision | undefined {
    return this.#known.get(key);
  }

  async note(key: string, text: Uint8Array): Promise<Revision> {
    const { createHash } = await import('node:crypto');
    const hash = createHash('sha256').update(text).digest('hex');
    const known = this.#known.get(key);
    if (known?.hash === hash) return known;
    const revision = { hash, size: text.byteLength, mtime: Math.max(Date.now(), (known?.mtime ?? 0) + 1) };
    this.#known.set(key, revision);
    return revision;
  }
}
