import { messageOf, CancelledError } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { Log } from '../../../base/log.ts';
import { quoteArgv } from '../../quote.ts';
import type { SshHostConfig } from '../config/sshHostConfig.ts';
import { SshError } from '../sshError.ts';
import type { HostKeyQuestion } from '../sshPrompts.ts';
import { addHostKey } from './addHostKey.ts';
import { fingerprintOf, keyTypeOf } from './hostKey.ts';
import {
  entriesFor,
  judgeHostKey,
  knownHostsName,
  readKnownHosts,
  type HostKeyVerdict,
  type KnownHostsEntry,
} from './knownHosts.ts';

type Question = (question: HostKeyQuestion) => Promise<boolean>;

/** Decides whether the key that a host shows is that host's. */
export class HostKeyVerifier {
  /** Types of the keys that are known for the host. */
  readonly knownTypes: readonly string[];
  readonly #config: SshHostConfig;
  readonly #name: string;
  readonly #entries: readonly KnownHostsEntry[];
  readonly #entriesWithoutPort: readonly KnownHostsEntry[];
  readonly #log: Log;
  #accepted: Buffer | undefined;

  private constructor(config: SshHostConfig, all: readonly KnownHostsEntry[], log: Log) {
    const { hostName, port, hostKeyAlias } = config;
    this.#config = config;
    this.#log = log;
    this.#name = hostKeyAlias ?? knownHostsName(hostName, port);
    this.#entries = entriesFor(all, this.#name);
    this.#entriesWithoutPort =
      hostKeyAlias === undefined ? entriesFor(all, knownHostsName(hostName, 22)) : [];
    const known = this.#entries.length > 0 ? this.#entries : this.#entriesWithoutPort;
    this.knownTypes = known.filter(({ marker }) => marker === undefined).map(({ keyType }) => keyType);
    for (const { marker, file, line } of this.#entries) {
      if (marker !== '@cert-authority') continue;
      log.warn(t('{0}:{1}: certificates of hosts are not supported; the line is left out.', file, line));
    }
  }

  /** Reads the known_hosts files of the configuration. */
  static async create(config: SshHostConfig, log: Log): Promise<HostKeyVerifier> {
    const files = [...config.userKnownHostsFiles, ...config.globalKnownHostsFiles];
    const entries = await readKnownHosts(files, (file, line) => {
      log.debug(`${file}:${line}: not understood, left out`);
    });
    return new HostKeyVerifier(config, entries, log);
  }

  /** Whether this is the key that was accepted: it is shown again each time the session keys are changed. */
  accepted(key: Buffer): boolean {
    return this.#accepted?.equals(key) === true;
  }

  /** Resolves when the key may be trusted. Rejects with an SshError, or with a CancelledError when a person says no. */
  async verify(key: Buffer, ask: Question): Promise<void> {
    const fingerprint = fingerprintOf(key);
    const { label } = this.#config;
    if (this.#accepted) {
      throw new SshError('host-key-changed', t('The host key of {0} changed during the connection.', label), {
        raw: fingerprint,
      });
    }
    this.#log.info(t('{0}: the host key is {1} {2}', label, keyTypeOf(key), fingerprint));
    const verdict = this.#judge(key);
    switch (verdict.kind) {
      case 'ok':
        this.#log.info(t('{0}: the host key is known', label));
        break;
      case 'unknown':
        await this.#acceptUnknown(key, fingerprint, verdict.otherTypes, ask);
        break;
      case 'changed':
        throw this.#changed(verdict.entry, key, fingerprint);
      case 'revoked':
        throw this.#revoked(verdict.entry);
    }
    this.#accepted = key;
  }

  /** As ssh does, a key known for the host without its port is taken when none is known with it. */
  #judge(key: Buffer): HostKeyVerdict {
    const verdict = judgeHostKey(this.#entries, key);
    if (verdict.kind !== 'unknown') return verdict;
    const withoutPort = judgeHostKey(this.#entriesWithoutPort, key);
    return withoutPort.kind === 'ok' || withoutPort.kind === 'revoked' ? withoutPort : verdict;
  }

  async #acceptUnknown(
    key: Buffer,
    fingerprint: string,
    otherKnownTypes: readonly string[],
    ask: Question,
  ): Promise<void> {
    const { label, strictHostKeyChecking, userKnownHostsFiles, hashKnownHosts } = this.#config;
    const file = userKnownHostsFiles[0];
    const keyType = keyTypeOf(key);
    if (strictHostKeyChecking === 'yes') {
      throw new SshError('host-key-unknown', t('The host key of {0} is not known.', label), {
        advice: t(
          'StrictHostKeyChecking forbids to ask. Add the key to {0} once you have compared its fingerprint {1} with the host’s.',
          file ?? 'known_hosts',
          fingerprint,
        ),
      });
    }
    if (strictHostKeyChecking === 'ask') {
      const knownHostsName = this.#name;
      const trusted = await ask({ host: label, knownHostsName, keyType, fingerprint, otherKnownTypes, file });
      if (!trusted) throw new CancelledError(t('The host key of {0} was not trusted.', label));
    }
    if (file === undefined) return;
    try {
      await addHostKey(file, this.#name, key, hashKnownHosts);
      this.#log.info(t('{0}: the host key was added to {1}', label, file));
    } catch (error) {
      this.#log.warn(t('{0}: the host key could not be added to {1}: {2}', label, file, messageOf(error)));
    }
  }

  #changed(entry: KnownHostsEntry, key: Buffer, fingerprint: string): SshError {
    const place = `${entry.file}:${entry.line}`;
    return new SshError(
      'host-key-changed',
      t('The host key of {0} has changed: {1} holds another one.', this.#config.label, place),
      {
        advice: t(
          'Someone may be intercepting the connection. Only if you know why the key is new, for example because the host was reinstalled, compare the fingerprint {0} with the host’s and remove the old key: {1}',
          fingerprint,
          quoteArgv(['ssh-keygen', '-f', entry.file, '-R', this.#name]),
        ),
        raw: `${place}: ${entry.keyType} ${fingerprintOf(entry.key)}\n${this.#name}: ${keyTypeOf(key)} ${fingerprint}`,
      },
    );
  }

  #revoked(entry: KnownHostsEntry): SshError {
    return new SshError(
      'host-key-revoked',
      t('The host key of {0} was revoked: {1}:{2}.', this.#config.label, entry.file, entry.line),
      {
        advice: t(
          'Do not connect. Give the host a new key; if the line is wrong, remove it: {0}',
          quoteArgv(['ssh-keygen', '-f', entry.file, '-R', this.#name]),
        ),
      },
    );
  }
}
